wit_bindgen::generate!({ path: "../wit" });

fn main() {
    for value in ["hello", "good morning"] {
        let old = replace_value("greeting", value);
        println!("{}", old.as_deref().unwrap_or("none"));
    }
}
