use crate::Virt;
use crate::exports::wasi::io::streams::{
    Guest, GuestInputStream, GuestOutputStream, InputStreamBorrow, StreamError,
};
use crate::tree::File;
use crate::wasi::clocks::monotonic_clock::subscribe_duration;
use crate::wasi::io::poll::Pollable;
use crate::wasi::io::streams as host;
use std::cell::Cell;

pub enum InputStream {
    Host(host::InputStream),
    File { file: &'static File, offset: Cell<usize> },
}

pub struct OutputStream(pub host::OutputStream);

impl Guest for Virt {
    type InputStream = InputStream;
    type OutputStream = OutputStream;
}

fn outcome<T>(result: Result<T, host::StreamError>) -> Result<T, StreamError> {
    result.map_err(|error| match error {
        host::StreamError::LastOperationFailed(error) => StreamError::LastOperationFailed(error),
        host::StreamError::Closed => StreamError::Closed,
    })
}

/// The next bytes of a file, at most so many; at its end the stream is closed.
fn take(file: &'static File, offset: &Cell<usize>, most: u64) -> Result<&'static [u8], StreamError> {
    let rest = file.contents.get(offset.get()..).unwrap_or_default();
    if rest.is_empty() {
        return Err(StreamError::Closed);
    }
    let taken = &rest[..rest.len().min(most.try_into().unwrap_or(usize::MAX))];
    offset.set(offset.get() + taken.len());
    Ok(taken)
}

impl GuestInputStream for InputStream {
    fn read(&self, len: u64) -> Result<Vec<u8>, StreamError> {
        match self {
            Self::Host(stream) => outcome(stream.read(len)),
            Self::File { file, offset } => take(file, offset, len).map(<[u8]>::to_vec),
        }
    }
    fn blocking_read(&self, len: u64) -> Result<Vec<u8>, StreamError> {
        match self {
            Self::Host(stream) => outcome(stream.blocking_read(len)),
            Self::File { .. } => self.read(len),
        }
    }
    fn skip(&self, len: u64) -> Result<u64, StreamError> {
        match self {
            Self::Host(stream) => outcome(stream.skip(len)),
            Self::File { file, offset } => take(file, offset, len).map(|taken| taken.len() as u64),
        }
    }
    fn blocking_skip(&self, len: u64) -> Result<u64, StreamError> {
        match self {
            Self::Host(stream) => outcome(stream.blocking_skip(len)),
            Self::File { .. } => self.skip(len),
        }
    }
    fn subscribe(&self) -> Pollable {
        match self {
            Self::Host(stream) => stream.subscribe(),
            Self::File { .. } => subscribe_duration(0),
        }
    }
}

impl GuestOutputStream for OutputStream {
    fn check_write(&self) -> Result<u64, StreamError> {
        outcome(self.0.check_write())
    }
    fn write(&self, contents: Vec<u8>) -> Result<(), StreamError> {
        outcome(self.0.write(&contents))
    }
    fn blocking_write_and_flush(&self, contents: Vec<u8>) -> Result<(), StreamError> {
        outcome(self.0.blocking_write_and_flush(&contents))
    }
    fn flush(&self) -> Result<(), StreamError> {
        outcome(self.0.flush())
    }
    fn blocking_flush(&self) -> Result<(), StreamError> {
        outcome(self.0.blocking_flush())
    }
    fn subscribe(&self) -> Pollable {
        self.0.subscribe()
    }
    fn write_zeroes(&self, len: u64) -> Result<(), StreamError> {
        outcome(self.0.write_zeroes(len))
    }
    fn blocking_write_zeroes_and_flush(&self, len: u64) -> Result<(), StreamError> {
        outcome(self.0.blocking_write_zeroes_and_flush(len))
    }
    fn splice(&self, src: InputStreamBorrow<'_>, len: u64) -> Result<u64, StreamError> {
        match src.get::<InputStream>() {
            InputStream::Host(stream) => outcome(self.0.splice(stream, len)),
            InputStream::File { file, offset } => {
                let permitted = self.check_write()?;
                if permitted == 0 {
                    return Ok(0);
                }
                let taken = take(file, offset, len.min(permitted))?;
                outcome(self.0.write(taken))?;
                Ok(taken.len() as u64)
            }
        }
    }
    fn blocking_splice(&self, src: InputStreamBorrow<'_>, len: u64) -> Result<u64, StreamError> {
        match src.get::<InputStream>() {
            InputStream::Host(stream) => outcome(self.0.blocking_splice(stream, len)),
            InputStream::File { .. } => {
                self.subscribe().block();
                self.splice(src, len)
            }
        }
    }
}
