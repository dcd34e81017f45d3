wit_bindgen::generate!({ path: "../wit" });

use tenon_examples::kv_store::kvdb::Connection;

struct KvStore;

impl Guest for KvStore {
    fn replace_value(key: String, value: String) -> Option<String> {
        let connection = Connection::new();
        let old = connection.get(&key);
        connection.set(&key, &value);
        log(&format!("{key}: {old:?} replaced by {value:?}"));
        old
    }
}

export!(KvStore);
