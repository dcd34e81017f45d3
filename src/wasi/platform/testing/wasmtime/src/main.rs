//! Reads operations on files from its input, one a line with tabs between the words, and prints what each answers.
//! `probe.ts` does the same in TypeScript; both must print the same.

use std::collections::HashMap;
use std::io::BufRead;
use wasip2::clocks::wall_clock::Datetime;
use wasip2::filesystem::preopens::get_directories;
use wasip2::filesystem::types::{
    filesystem_error_code, Advice, Descriptor, DescriptorFlags, DescriptorStat, DescriptorType,
    ErrorCode, NewTimestamp, OpenFlags, PathFlags,
};
use wasip2::io::streams::StreamError;

/// Descriptors by the names that lines give them.
type Slots = HashMap<String, Descriptor>;

fn main() {
    let mut slots: Slots = get_directories().into_iter().map(|(descriptor, name)| (name, descriptor)).collect();
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("the input is text");
        let words: Vec<String> = line.split('\t').map(decode).collect();
        match run(&words[0], &words[1..], &mut slots) {
            Ok(printed) if printed.is_empty() => println!("ok"),
            Ok(printed) => println!("ok {printed}"),
            Err(code) => println!("err {}", code.name()),
        }
    }
}

fn run(operation: &str, words: &[String], slots: &mut Slots) -> Result<String, ErrorCode> {
    if operation == "open" {
        return open(words, slots);
    }
    let Some(at) = slots.get(&words[0]) else {
        return Ok(format!("no slot {}", words[0]));
    };
    let word = |index: usize| words[index].as_str();
    let other = |index: usize| slots.get(word(index)).expect("the slot is open");
    let done = |()| String::new();
    Ok(match operation {
        "stat" => stat(at.stat()?),
        "statat" => stat(at.stat_at(path_flags(word(1)), word(2))?),
        "mkdir" => done(at.create_directory_at(word(1))?),
        "rmdir" => done(at.remove_directory_at(word(1))?),
        "unlink" => done(at.unlink_file_at(word(1))?),
        "symlink" => done(at.symlink_at(word(1), word(2))?),
        "readlink" => at.readlink_at(word(1))?,
        "rename" => done(at.rename_at(word(1), other(2), word(3))?),
        "link" => done(at.link_at(path_flags(word(1)), word(2), other(3), word(4))?),
        "read" => {
            let (bytes, end) = at.read(number(word(1)), number(word(2)))?;
            format!("{:?} {end}", String::from_utf8_lossy(&bytes))
        }
        "write" => at.write(word(1).as_bytes(), number(word(2)))?.to_string(),
        "setsize" => done(at.set_size(number(word(1)))?),
        "sync" => done(at.sync()?),
        "syncdata" => done(at.sync_data()?),
        "flags" => format!("{:?}", at.get_flags()?).to_lowercase(),
        "type" => type_name(at.get_type()?).into(),
        "advise" => done(at.advise(number(word(1)), number(word(2)), Advice::Normal)?),
        "rstream" => read_all(at, number(word(1)))?,
        "wstream" => {
            let stream = at.write_via_stream(number(word(1)))?;
            written(stream.blocking_write_and_flush(word(2).as_bytes()))
        }
        "astream" => {
            let stream = at.append_via_stream()?;
            written(stream.blocking_write_and_flush(word(1).as_bytes()))
        }
        "readdir" => list(at)?,
        "same" => at.is_same_object(other(1)).to_string(),
        "samehash" => {
            let mine = at.metadata_hash()?;
            let others = other(1).metadata_hash_at(path_flags(word(2)), word(3))?;
            (mine.lower == others.lower && mine.upper == others.upper).to_string()
        }
        "settimes" => done(at.set_times(time(word(1)), time(word(2)))?),
        "settimesat" => done(at.set_times_at(path_flags(word(1)), word(2), time(word(3)), time(word(4)))?),
        "mtime" => {
            let stat = at.stat_at(path_flags(word(1)), word(2))?;
            let print = |at: Option<Datetime>| {
                let at = at.expect("Linux keeps it");
                format!("{}.{:06}", at.seconds, at.nanoseconds / 1000)
            };
            format!("{} {}", print(stat.data_access_timestamp), print(stat.data_modification_timestamp))
        }
        _ => panic!("unknown operation {operation}"),
    })
}

fn open(words: &[String], slots: &mut Slots) -> Result<String, ErrorCode> {
    let [to, from, flags, path, open_flags, modes] = words else { panic!("open takes six words") };
    let Some(base) = slots.get(from) else {
        return Ok(format!("no slot {from}"));
    };
    let mut open = OpenFlags::empty();
    open.set(OpenFlags::CREATE, open_flags.contains('c'));
    open.set(OpenFlags::DIRECTORY, open_flags.contains('d'));
    open.set(OpenFlags::EXCLUSIVE, open_flags.contains('x'));
    open.set(OpenFlags::TRUNCATE, open_flags.contains('t'));
    let mut mode = DescriptorFlags::empty();
    mode.set(DescriptorFlags::READ, modes.contains('r'));
    mode.set(DescriptorFlags::WRITE, modes.contains('w'));
    mode.set(DescriptorFlags::MUTATE_DIRECTORY, modes.contains('m'));
    let opened = base.open_at(path_flags(flags), path, open, mode)?;
    let printed = type_name(opened.get_type()?);
    slots.insert(to.clone(), opened);
    Ok(printed.into())
}

fn read_all(at: &Descriptor, offset: u64) -> Result<String, ErrorCode> {
    let stream = at.read_via_stream(offset)?;
    let mut bytes = Vec::new();
    loop {
        match stream.blocking_read(1000) {
            Ok(more) => bytes.extend(more),
            Err(end) => return Ok(format!("{:?} {}", String::from_utf8_lossy(&bytes), stream_error(end))),
        }
    }
}

fn written(result: Result<(), StreamError>) -> String {
    result.map_or_else(stream_error, |()| "written".into())
}

fn stream_error(error: StreamError) -> String {
    match error {
        StreamError::Closed => "closed".into(),
        StreamError::LastOperationFailed(error) => {
            format!("failed {}", filesystem_error_code(&error).map_or("undefined".into(), |code| code.name().to_string()))
        }
    }
}

fn list(at: &Descriptor) -> Result<String, ErrorCode> {
    let stream = at.read_directory()?;
    let mut entries = Vec::new();
    while let Some(entry) = stream.read_directory_entry()? {
        entries.push(format!("{}:{}", entry.name, type_name(entry.type_)));
    }
    entries.sort();
    Ok(entries.join(","))
}

fn stat(stat: DescriptorStat) -> String {
    // Sizes and links of directories differ between file systems.
    match stat.type_ {
        DescriptorType::Directory => "directory 0 0".into(),
        other => format!("{} {} {}", type_name(other), stat.size, stat.link_count),
    }
}

fn type_name(of: DescriptorType) -> &'static str {
    match of {
        DescriptorType::Unknown => "unknown",
        DescriptorType::BlockDevice => "block-device",
        DescriptorType::CharacterDevice => "character-device",
        DescriptorType::Directory => "directory",
        DescriptorType::Fifo => "fifo",
        DescriptorType::SymbolicLink => "symbolic-link",
        DescriptorType::RegularFile => "regular-file",
        DescriptorType::Socket => "socket",
    }
}

fn path_flags(word: &str) -> PathFlags {
    if word == "f" { PathFlags::SYMLINK_FOLLOW } else { PathFlags::empty() }
}

fn time(word: &str) -> NewTimestamp {
    match word.split_once('.') {
        None if word == "now" => NewTimestamp::Now,
        None => NewTimestamp::NoChange,
        Some((seconds, nanoseconds)) => NewTimestamp::Timestamp(Datetime {
            seconds: number(seconds),
            nanoseconds: nanoseconds.parse().expect("a number"),
        }),
    }
}

fn number(word: &str) -> u64 {
    word.parse().expect("a number")
}

/// Percent signs stand before the two digits of a byte.
fn decode(word: &str) -> String {
    let mut bytes = Vec::new();
    let mut parts = word.split('%');
    bytes.extend(parts.next().expect("split gives at least one").bytes());
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).expect("two digits"));
        bytes.extend(part[2..].bytes());
    }
    String::from_utf8(bytes).expect("text")
}
