use crate::Virt;
use crate::exports::wasi::cli::{stderr, stdin, stdout};
use crate::exports::wasi::io::streams;
use crate::streams::{InputStream, OutputStream};
use crate::wasi::cli as host;

impl stdin::Guest for Virt {
    fn get_stdin() -> streams::InputStream {
        streams::InputStream::new(InputStream::Host(host::stdin::get_stdin()))
    }
}

impl stdout::Guest for Virt {
    fn get_stdout() -> streams::OutputStream {
        streams::OutputStream::new(OutputStream(host::stdout::get_stdout()))
    }
}

impl stderr::Guest for Virt {
    fn get_stderr() -> streams::OutputStream {
        streams::OutputStream::new(OutputStream(host::stderr::get_stderr()))
    }
}
