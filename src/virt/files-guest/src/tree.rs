//! The files by their paths. Directories are what stands before a slash.

use crate::exports::wasi::filesystem::types::ErrorCode;
use crate::tenon::virt::embedded;
use std::sync::OnceLock;

pub struct File {
    pub path: String,
    pub contents: Vec<u8>,
}

/// Sorted by path.
pub fn files() -> &'static [File] {
    static FILES: OnceLock<Vec<File>> = OnceLock::new();
    FILES.get_or_init(|| {
        let mut files: Vec<File> =
            embedded::files().into_iter().map(|(path, contents)| File { path, contents }).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    })
}

/// What a path leads to: a file, or a directory, whose path ends in a slash, but for the root's.
#[derive(Clone)]
pub enum Node {
    File(&'static File),
    Directory(String),
}

impl Node {
    pub fn path(&self) -> &str {
        match self {
            Node::File(file) => &file.path,
            Node::Directory(path) => path,
        }
    }
}

fn node(path: &str) -> Option<Node> {
    if path.is_empty() {
        return Some(Node::Directory(String::new()));
    }
    if let Ok(index) = files().binary_search_by(|file| file.path.as_str().cmp(path)) {
        return Some(Node::File(&files()[index]));
    }
    let directory = format!("{path}/");
    let is_there = files().iter().any(|file| file.path.starts_with(&directory));
    is_there.then_some(Node::Directory(directory))
}

/// Walks from a directory, and never out of it.
pub fn walk(from: &Node, path: &str) -> Result<Node, ErrorCode> {
    let Node::Directory(base) = from else {
        return Err(ErrorCode::NotDirectory);
    };
    if path.is_empty() {
        return Err(ErrorCode::NoEntry);
    }
    if path.starts_with('/') {
        return Err(ErrorCode::NotPermitted);
    }
    let mut segments: Vec<&str> = Vec::new();
    let mut here = from.clone();
    for segment in path.split('/') {
        if matches!(here, Node::File(_)) {
            return Err(ErrorCode::NotDirectory);
        }
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop().ok_or(ErrorCode::NotPermitted)?;
            }
            name => segments.push(name),
        }
        let full = format!("{base}{}", segments.join("/"));
        here = node(full.trim_end_matches('/')).ok_or(ErrorCode::NoEntry)?;
    }
    Ok(here)
}

/// The names in a directory, each once, and whether it is a directory.
pub fn entries(directory: &str) -> Vec<(String, bool)> {
    let mut entries: Vec<(String, bool)> = Vec::new();
    for file in files().iter().filter(|file| file.path.starts_with(directory)) {
        let rest = &file.path[directory.len()..];
        let entry = match rest.split_once('/') {
            Some((name, _)) => (name.to_string(), true),
            None => (rest.to_string(), false),
        };
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    entries
}
