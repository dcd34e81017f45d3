/** A WIT package of so many interfaces, each of which uses types of the one before: about 2.5 KB each. */
export function generatePackage(interfaces: number): string {
  const parts = ['package bench:generated@1.0.0;\n']
  for (let i = 0; i < interfaces; i++) {
    const use =
      i === 0 ? '' : `  use part-${i - 1}.{point-${i - 1}, kind as other-kind, store as other-store};\n`
    parts.push(`
/// Interface number ${i}, which has documentation of a usual length,
/// over two lines.
interface part-${i} {
${use}
  /// A place somewhere in a plane.
  record point-${i} {
    /// To the right.
    x: f64,
    /// Upwards.
    y: f64,
    label: option<string>,
    tags: list<tuple<string, u32>>,
  }

  enum kind { first, second, third, and-another-one }

  flags permissions { read, write, execute, delete-everything }

  variant outcome {
    nothing,
    point(point-${i}),
    many(list<point-${i}>),
    failed(result<point-${i}, string>),
  }

  type identifiers = list<u64>;

  @since(version = 1.0.0)
  resource store {
    constructor(name: string, capacity: u32);
    /// Reads some points, from the offset on.
    read: func(offset: u64, count: u32) -> result<list<point-${i}>, kind>;
    write: func(points: list<point-${i}>, permissions: permissions) -> result<_, kind>;
    open: static func(path: string) -> result<store, string>;
    size: func() -> u64;
  }

  /// Moves everything from one store to another one.
  move-all: func(source: borrow<store>, target: borrow<store>, only: identifiers) -> outcome;
  watch: async func(of: borrow<store>) -> stream<point-${i}>;
  distance: func(a: point-${i}, b: point-${i}) -> f64;
  classify: func(points: list<point-${i}>) -> map<string, list<kind>>;
  // Not documentation, but a comment that stands in the file like many others that people write.
  /* and a block one that nobody needed, written over a certain length so that the size is about right
     and that spans several lines of text in the file, the way in which licences and headers do it */
  try-it: func(point: point-${i}, attempts: u32, permissions: option<permissions>) -> result<outcome, tuple<kind, string>>;
  last-of-all: func(values: list<result<option<point-${i}>, list<string>>>, names: list<string>) -> tuple<u32, u64, f32, f64>;
  another: func(a: store, b: borrow<store>, c: option<list<u8>>, d: result<u32, kind>) -> list<tuple<string, point-${i}>>;

  /// Settings of a store, which nobody sets.
  record settings { limit: u64, name: string, inner: option<permissions>, kinds: list<kind>, other: option<list<string>> }

  /// Takes the settings of a store, and gives the ones that were there before; if there were none, those with which it began.
  configure: func(store: borrow<store>, settings: settings) -> result<option<settings>, tuple<kind, string>>;
}
`)
  }
  return parts.join('')
}
