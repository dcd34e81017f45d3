//! Files that are in the component, read-only; streams are the host's or read from them, and sockets there are none.

wit_bindgen::generate!({ path: "wit", world: "files", generate_all });

mod filesystem;
mod stdio;
mod streams;
mod tcp;
mod tree;

/// What all exports are functions of.
struct Virt;

export!(Virt);
