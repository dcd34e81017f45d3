//! What a command does that people start from a shell, one thing per first argument.
use std::io::{Read, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let rest = arguments.get(2..).unwrap_or(&[]);
    match arguments.get(1).map(String::as_str) {
        Some("args") => println!("{arguments:?}"),
        Some("env") => {
            let mut variables: Vec<_> = std::env::vars().collect();
            variables.sort();
            println!("{variables:?}");
        }
        Some("copy") => copy(),
        Some("read") => match std::fs::read_to_string(&rest[0]) {
            Ok(text) => print!("{text}"),
            Err(error) => return fail(&error),
        },
        Some("write") => {
            if let Err(error) = std::fs::write(&rest[0], &rest[1]) {
                return fail(&error);
            }
        }
        Some("yes") => loop {
            println!("y");
        },
        Some("spin") => spin(),
        Some("sleep") => {
            eprintln!("sleeping");
            std::thread::sleep(std::time::Duration::from_secs(60));
        }
        Some("exit") => std::process::exit(rest[0].parse().unwrap()),
        Some("fail") => return ExitCode::FAILURE,
        Some("panic") => panic!("on purpose"),
        Some("connect") => {
            if let Err(error) = std::net::TcpStream::connect("127.0.0.1:80") {
                return fail(&error);
            }
        }
        other => return fail(&format!("unknown: {other:?}")),
    }
    ExitCode::SUCCESS
}

/// Standard input to standard output, byte for byte.
fn copy() {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).unwrap();
    std::io::stdout().write_all(&bytes).unwrap();
}

fn spin() {
    eprintln!("spinning");
    let mut n = 1u64;
    while std::hint::black_box(n) != 0 {
        n = n.wrapping_mul(3);
    }
}

fn fail(error: &impl std::fmt::Display) -> ExitCode {
    eprintln!("guest: {error}");
    ExitCode::FAILURE
}
