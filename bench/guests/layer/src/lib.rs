wit_bindgen::generate!({
    path: ["../../../examples/interfaced-adder/wit", "wit"],
    world: "tenon-bench:layer/layer",
    generate_all,
});

use exports::tenon_examples::interfaced_adder::add::Guest;
use tenon_examples::interfaced_adder::add::add;

struct Layer;

impl Guest for Layer {
    fn add(a: i32, b: i32) -> i32 {
        add(a, b).wrapping_add(1)
    }
}

export!(Layer);
