//! Sockets: there are none, because nobody makes one. The interface has to be here because it leads to streams.

use crate::Virt;
use crate::exports::wasi::io::streams::{InputStream, OutputStream};
use crate::exports::wasi::sockets::tcp::{Guest, GuestTcpSocket, ShutdownType, TcpSocket};
use crate::wasi::io::poll::Pollable;
use crate::wasi::sockets::network::{ErrorCode, IpAddressFamily, IpSocketAddress, Network};

pub enum Never {}

impl Guest for Virt {
    type TcpSocket = Never;
}

macro_rules! never {
    ($($name:ident ($($argument:ty),*) -> $result:ty;)*) => {
        impl GuestTcpSocket for Never {
            $(fn $name(&self $(, _: $argument)*) -> $result {
                match *self {}
            })*
        }
    };
}

type Outcome<T> = Result<T, ErrorCode>;

never! {
    start_bind(&Network, IpSocketAddress) -> Outcome<()>;
    finish_bind() -> Outcome<()>;
    start_connect(&Network, IpSocketAddress) -> Outcome<()>;
    finish_connect() -> Outcome<(InputStream, OutputStream)>;
    start_listen() -> Outcome<()>;
    finish_listen() -> Outcome<()>;
    accept() -> Outcome<(TcpSocket, InputStream, OutputStream)>;
    local_address() -> Outcome<IpSocketAddress>;
    remote_address() -> Outcome<IpSocketAddress>;
    is_listening() -> bool;
    address_family() -> IpAddressFamily;
    set_listen_backlog_size(u64) -> Outcome<()>;
    keep_alive_enabled() -> Outcome<bool>;
    set_keep_alive_enabled(bool) -> Outcome<()>;
    keep_alive_idle_time() -> Outcome<u64>;
    set_keep_alive_idle_time(u64) -> Outcome<()>;
    keep_alive_interval() -> Outcome<u64>;
    set_keep_alive_interval(u64) -> Outcome<()>;
    keep_alive_count() -> Outcome<u32>;
    set_keep_alive_count(u32) -> Outcome<()>;
    hop_limit() -> Outcome<u8>;
    set_hop_limit(u8) -> Outcome<()>;
    receive_buffer_size() -> Outcome<u64>;
    set_receive_buffer_size(u64) -> Outcome<()>;
    send_buffer_size() -> Outcome<u64>;
    set_send_buffer_size(u64) -> Outcome<()>;
    subscribe() -> Pollable;
    shutdown(ShutdownType) -> Outcome<()>;
}
