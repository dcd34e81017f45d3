use std::cell::RefCell;
use std::collections::BTreeMap;

wit_bindgen::generate!({
    path: ["../../kv-store/wit", "../wit"],
    world: "tenon-examples:kv-database/kv-database",
    generate_all,
});

use exports::tenon_examples::kv_store::kvdb::{Guest as Kvdb, GuestConnection};

thread_local! {
    static ROWS: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
}

struct Database;

/// All connections lead to the same rows.
struct Connection;

impl Guest for Database {
    fn log(msg: String) {
        println!("log: {msg}");
    }
}

impl Kvdb for Database {
    type Connection = Connection;
}

impl GuestConnection for Connection {
    fn new() -> Self {
        Connection
    }
    fn get(&self, key: String) -> Option<String> {
        ROWS.with_borrow(|rows| rows.get(&key).cloned())
    }
    fn set(&self, key: String, value: String) {
        ROWS.with_borrow_mut(|rows| rows.insert(key, value));
    }
    fn remove(&self, key: String) -> Option<String> {
        ROWS.with_borrow_mut(|rows| rows.remove(&key))
    }
    fn clear(&self) {
        ROWS.with_borrow_mut(BTreeMap::clear);
    }
}

export!(Database);
