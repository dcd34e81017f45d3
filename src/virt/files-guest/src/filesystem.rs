use crate::Virt;
use crate::exports::wasi::filesystem::preopens;
use crate::exports::wasi::filesystem::types::{
    Advice, Descriptor, DescriptorBorrow, DescriptorFlags, DescriptorStat, DescriptorType,
    DirectoryEntry, DirectoryEntryStream, ErrorCode, Filesize, Guest, GuestDescriptor,
    GuestDirectoryEntryStream, MetadataHashValue, NewTimestamp, OpenFlags, PathFlags,
};
use crate::exports::wasi::io::streams::{InputStream, OutputStream};
use crate::streams;
use crate::tree::{self, File, Node};
use crate::wasi::io::error::Error;
use std::cell::Cell;

pub struct Entries {
    entries: Vec<(String, bool)>,
    next: Cell<usize>,
}

impl Guest for Virt {
    type Descriptor = Node;
    type DirectoryEntryStream = Entries;

    /// Streams from files never fail.
    fn filesystem_error_code(_: &Error) -> Option<ErrorCode> {
        None
    }
}

impl preopens::Guest for Virt {
    fn get_directories() -> Vec<(Descriptor, String)> {
        vec![(Descriptor::new(Node::Directory(String::new())), "/".to_string())]
    }
}

fn file(node: &Node) -> Result<&'static File, ErrorCode> {
    match node {
        Node::File(file) => Ok(file),
        Node::Directory(_) => Err(ErrorCode::IsDirectory),
    }
}

fn stat(node: &Node) -> DescriptorStat {
    let (type_, size) = match node {
        Node::File(file) => (DescriptorType::RegularFile, file.contents.len() as u64),
        Node::Directory(_) => (DescriptorType::Directory, 0),
    };
    DescriptorStat {
        type_,
        link_count: 1,
        size,
        data_access_timestamp: None,
        data_modification_timestamp: None,
        status_change_timestamp: None,
    }
}

/// FNV-1a of the path: files are told apart by it, and never change.
fn hash(node: &Node) -> MetadataHashValue {
    let fold = |seed: u64| {
        let fold = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        node.path().as_bytes().iter().fold(seed, fold)
    };
    MetadataHashValue { lower: fold(0xcbf2_9ce4_8422_2325), upper: fold(0x6c62_272e_07bb_0142) }
}

const READ_ONLY: ErrorCode = ErrorCode::ReadOnly;

impl GuestDescriptor for Node {
    fn read_via_stream(&self, offset: Filesize) -> Result<InputStream, ErrorCode> {
        let offset = Cell::new(offset.try_into().unwrap_or(usize::MAX));
        Ok(InputStream::new(streams::InputStream::File { file: file(self)?, offset }))
    }
    fn read(&self, length: Filesize, offset: Filesize) -> Result<(Vec<u8>, bool), ErrorCode> {
        let contents = &file(self)?.contents;
        let rest = contents.get(offset.try_into().unwrap_or(usize::MAX)..).unwrap_or_default();
        let bytes = &rest[..rest.len().min(length.try_into().unwrap_or(usize::MAX))];
        Ok((bytes.to_vec(), bytes.len() == rest.len()))
    }
    fn read_directory(&self) -> Result<DirectoryEntryStream, ErrorCode> {
        match self {
            Node::File(_) => Err(ErrorCode::NotDirectory),
            Node::Directory(path) => {
                let entries = tree::entries(path);
                Ok(DirectoryEntryStream::new(Entries { entries, next: Cell::new(0) }))
            }
        }
    }
    fn open_at(
        &self,
        _: PathFlags,
        path: String,
        open_flags: OpenFlags,
        flags: DescriptorFlags,
    ) -> Result<Descriptor, ErrorCode> {
        let found = tree::walk(self, &path);
        if open_flags.contains(OpenFlags::CREATE) {
            match &found {
                Ok(_) if open_flags.contains(OpenFlags::EXCLUSIVE) => return Err(ErrorCode::Exist),
                Err(ErrorCode::NoEntry) => return Err(READ_ONLY),
                _ => {}
            }
        }
        let found = found?;
        if open_flags.contains(OpenFlags::DIRECTORY) && matches!(found, Node::File(_)) {
            return Err(ErrorCode::NotDirectory);
        }
        let changes = DescriptorFlags::WRITE | DescriptorFlags::MUTATE_DIRECTORY;
        if open_flags.contains(OpenFlags::TRUNCATE) || flags.intersects(changes) {
            return Err(READ_ONLY);
        }
        Ok(Descriptor::new(found))
    }
    fn get_flags(&self) -> Result<DescriptorFlags, ErrorCode> {
        Ok(DescriptorFlags::READ)
    }
    fn get_type(&self) -> Result<DescriptorType, ErrorCode> {
        Ok(stat(self).type_)
    }
    fn stat(&self) -> Result<DescriptorStat, ErrorCode> {
        Ok(stat(self))
    }
    fn stat_at(&self, _: PathFlags, path: String) -> Result<DescriptorStat, ErrorCode> {
        tree::walk(self, &path).map(|node| stat(&node))
    }
    fn is_same_object(&self, other: DescriptorBorrow<'_>) -> bool {
        self.path() == other.get::<Node>().path()
    }
    fn metadata_hash(&self) -> Result<MetadataHashValue, ErrorCode> {
        Ok(hash(self))
    }
    fn metadata_hash_at(&self, _: PathFlags, path: String) -> Result<MetadataHashValue, ErrorCode> {
        tree::walk(self, &path).map(|node| hash(&node))
    }
    /// There are no links.
    fn readlink_at(&self, path: String) -> Result<String, ErrorCode> {
        tree::walk(self, &path).and(Err(ErrorCode::Invalid))
    }
    fn advise(&self, _: Filesize, _: Filesize, _: Advice) -> Result<(), ErrorCode> {
        Ok(())
    }
    fn sync_data(&self) -> Result<(), ErrorCode> {
        Ok(())
    }
    fn sync(&self) -> Result<(), ErrorCode> {
        Ok(())
    }

    fn write_via_stream(&self, _: Filesize) -> Result<OutputStream, ErrorCode> {
        Err(READ_ONLY)
    }
    fn append_via_stream(&self) -> Result<OutputStream, ErrorCode> {
        Err(READ_ONLY)
    }
    fn set_size(&self, _: Filesize) -> Result<(), ErrorCode> {
        Err(READ_ONLY)
    }
    fn set_times(&self, _: NewTimestamp, _: NewTimestamp) -> Result<(), ErrorCode> {
        Err(READ_ONLY)
    }
    fn write(&self, _: Vec<u8>, _: Filesize) -> Result<Filesize, ErrorCode> {
        Err(READ_ONLY)
    }
    fn create_directory_at(&self, _: String) -> Result<(), ErrorCode> {
        Err(READ_ONLY)
    }
    fn set_times_at(
        &self,
        _: PathFlags,
        _: String,
        _: NewTimestamp,
        _: NewTimestamp,
    ) -> Result<(), ErrorCode> {
        Err(READ_ONLY)
    }
    fn link_at(
        &self,
        _: PathFlags,
        _: String,
        _: DescriptorBorrow<'_>,
        _: String,
    ) -> Result<(), ErrorCode> {
        Err(READ_ONLY)
    }
    fn remove_directory_at(&self, _: String) -> Result<(), ErrorCode> {
        Err(READ_ONLY)
    }
    fn rename_at(&self, _: String, _: DescriptorBorrow<'_>, _: String) -> Result<(), ErrorCode> {
        Err(READ_ONLY)
    }
    fn symlink_at(&self, _: String, _: String) -> Result<(), ErrorCode> {
        Err(READ_ONLY)
    }
    fn unlink_file_at(&self, _: String) -> Result<(), ErrorCode> {
        Err(READ_ONLY)
    }
}

impl GuestDirectoryEntryStream for Entries {
    fn read_directory_entry(&self) -> Result<Option<DirectoryEntry>, ErrorCode> {
        let next = self.next.get();
        self.next.set(next + 1);
        Ok(self.entries.get(next).map(|(name, is_directory)| DirectoryEntry {
            type_: if *is_directory { DescriptorType::Directory } else { DescriptorType::RegularFile },
            name: name.clone(),
        }))
    }
}
