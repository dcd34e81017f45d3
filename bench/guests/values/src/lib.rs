wit_bindgen::generate!({ path: "wit" });

use exports::tenon_bench::values::counters::{Guest as Counters, GuestCounter};
use std::cell::{Cell, RefCell};

struct Values;

thread_local! {
    static STRING: RefCell<String> = const { RefCell::new(String::new()) };
}

impl Guest for Values {
    fn add(a: i32, b: i32) -> i32 {
        a.wrapping_add(b)
    }

    fn string_length(s: String) -> u32 {
        s.len() as u32
    }

    fn set_string(s: String) {
        STRING.set(s);
    }

    fn get_string() -> String {
        STRING.with_borrow(|s| s.clone())
    }

    fn bytes_length(bytes: Vec<u8>) -> u32 {
        bytes.len() as u32
    }

    fn get_bytes(length: u32) -> Vec<u8> {
        vec![7; length as usize]
    }

    fn total(items: Vec<Item>) -> f64 {
        items.iter().map(|item| item.price * f64::from(item.quantity)).sum()
    }

    fn get_items(count: u32) -> Vec<Item> {
        (0..count)
            .map(|id| Item {
                id,
                name: format!("item {id}"),
                price: f64::from(id) / 4.0,
                quantity: (id % 10) as u16,
                in_stock: id % 3 != 0,
            })
            .collect()
    }

    fn call_host(times: u32) -> u32 {
        (0..times).fold(0, |sum, n| sum.wrapping_add(ping(n)))
    }
}

struct Counter(Cell<u32>);

impl Counters for Values {
    type Counter = Counter;
}

impl GuestCounter for Counter {
    fn new(start: u32) -> Self {
        Counter(Cell::new(start))
    }

    fn next(&self) -> u32 {
        let n = self.0.get();
        self.0.set(n.wrapping_add(1));
        n
    }
}

export!(Values);
