wit_bindgen::generate!({ path: "wit" });

use std::cell::RefCell;
use std::fs::File;
use std::io::{Seek, SeekFrom, Write};

const MIB: usize = 1024 * 1024;

struct Files;

thread_local! {
    static FILE: RefCell<Option<(File, Vec<u8>)>> = const { RefCell::new(None) };
}

impl Guest for Files {
    fn create_file(path: String) {
        let file = File::create(path).expect("the host grants the folder");
        FILE.set(Some((file, vec![7; MIB])));
    }

    fn write_chunks(chunks: u32) {
        FILE.with_borrow_mut(|open| {
            let (file, bytes) = open.as_mut().expect("create-file comes first");
            for n in 0..chunks {
                if n % 8 == 0 {
                    file.seek(SeekFrom::Start(0)).expect("a file can be sought");
                }
                file.write_all(bytes).expect("there is room for 8 MiB");
            }
        });
    }
}

export!(Files);
