wit_bindgen::generate!({ path: "../wit" });

use exports::tenon_examples::interfaced_adder::add::Guest;

struct Adder;

impl Guest for Adder {
    fn add(a: i32, b: i32) -> i32 {
        a.wrapping_add(b)
    }
}

export!(Adder);
