from wit_world import exports


class Add(exports.Add):
    def add(self, a: int, b: int) -> int:
        return a + b
