wit_bindgen::generate!({
    path: ["../../interfaced-adder/wit", "../wit"],
    world: "tenon-examples:calculator/calculator",
    generate_all,
});

use tenon_examples::interfaced_adder::add::add;

fn main() {
    println!("result: {}", add(1, 2));
}
