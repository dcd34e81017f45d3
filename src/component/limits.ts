/**
 * Every limit of Tenon in one place. What the WebAssembly engines have agreed on has the engines' number
 * (https://webassembly.github.io/spec/js-api/#limits); the component limits are those that other component
 * toolchains use, so that what runs there runs here. A limit that is exceeded is an error with code `limit`.
 */

/** Handles of one component instance (CanonicalABI.md, "Table State": `MAX_LENGTH`). */
export const tableLength: number = 2 ** 28 - 1
/** Component instances of one JavaScript thread that are alive, and calls that may be suspended, together. */
export const threadWords: number = 2 ** 20
/** Bytes of one page of a wasm memory: a fact of WebAssembly, not a choice. */
export const pageSize = 65_536

/** What is remembered begins anew at this: generated modules. */
export const rememberedModules = 1_000

/** Bytes of a memory that is used again, at most: to zero a larger one costs as much as a new one. */
export const pooledMemory: number = 2 ** 24
/**
 * Times that one memory is used again. V8 keeps a list of a memory's instances, dead ones until they are collected, and
 * walks through it whenever the memory grows.
 */
export const memoryUses = 256
/** Bytes of all memories together that wait to be used again. */
export const pooledMemories: number = 2 ** 26

/** Those above stand alone for the sake of what is bundled with one component, which needs few of the others. */
export const limits = {
  // Core modules.
  moduleSize: 1024 ** 3,
  types: 1_000_000,
  supertypes: 1,
  functions: 1_000_000,
  imports: 1_000_000,
  exports: 1_000_000,
  globals: 1_000_000,
  tables: 100,
  memories: 100,
  tags: 1_000_000,
  /** Bytes of one name in a binary. */
  nameSize: 100_000,
  functionParameters: 1_000,
  functionResults: 1_000,
  structFields: 10_000,
  /** Of elements or of data. */
  segments: 100_000,
  /** Of one element segment. */
  elements: 10_000_000,
  /** Of one function, without its parameters. */
  locals: 50_000,
  /** Of one instruction: labels of a `br_table`, clauses of a `try_table`. */
  labels: 7_654_321,
  /** Of one component: aliases to core items count here, they are not new definitions. */
  coreIndexSpace: 1_000_000,

  // Components: counts within one definition.
  moduleTypeDeclarations: 100_000,
  componentTypeDeclarations: 1_000_000,
  instanceTypeDeclarations: 1_000_000,
  recordFields: 10_000,
  variantCases: 10_000,
  tupleTypes: 10_000,
  flagNames: 1_000,
  enumCases: 10_000,
  fixedLengthListElements: 1_073_741_824,
  canonicalOptions: 10,
  instantiationArguments: 100_000,
  instantiationExports: 100_000,
  startArguments: 1_000,
  startResults: 1_000,
  nameAttributes: 10,

  // Components: counts within one component.
  modules: 1_000,
  components: 1_000,
  /** Of core modules and of components, together. */
  instances: 4_096,
  values: 1_000,

  /** In one file: core modules and components, nested ones and the file's own included. */
  modulesAndComponents: 1_000,

  /** Bytes that one value takes in a 64-bit memory: fewer than this (Binary.md, "Type Definitions"). */
  elementSize: 2 ** 28,
  /** How deep types nest in each other. */
  typeDepth: 100,
  /** How deep components nest in each other. */
  componentDepth: 100,
  /** How deep parentheses nest in the text of a component: types take two to a level. */
  textDepth: 400,
  /** A type's size, counted as its parts, parts of parts included. */
  typeSize: 1_000_000,
  /**
   * Types that checking one file may make or compare: instantiation copies types, which can grow faster than the file. So many
   * for any file, and so many for each of its bytes.
   */
  typeSteps: 2_000_000,
  typeStepsPerByte: 0.5,
  /** Of one file, that are shown. */
  problems: 1_000,
  /** Bytes of one message to the language server. */
  messageSize: 2 ** 28,
  /** Bytes, or UTF-16 code units, of one text in WIT or WAC: to read it takes up to twenty times as much. */
  witText: 2 ** 25,
  /** UTF-16 code units of a message or a note about one: names in it may be longer. */
  problemText: 1_000,
  /** Names in texts of WIT that are compared with misspelt ones, in all. */
  comparedNames: 50_000,
  /** What there is in a text of WAC that is tried for arguments that are missing, in all. */
  triedArguments: 200,

  /** Characters of the declarations of one world, nested types counted at each level. */
  declarations: 2 ** 26,

  // The Plan. Without these, 30 components that each instantiate the next one twice are a tiny file and 2³⁰ instances.
  /** Instances, core and component, of one instantiation of the root. */
  planInstances: 10_000,
  planSteps: 1_000_000,
  /** Component instances among which calls are followed to find those that can come back to where they were. */
  reentrySearch: 256,
  /** Bytes of core code that are read to find out whether a function is confined: allocators take ten to twenty thousand. */
  confinedCode: 65_536,
  /** Bytes of one text in a Plan's file: labels are made of several names. */
  planText: 1_000_000,
  /** How deep what is in a Plan's file nests: types, instances and Plans in each other, each anew. */
  planDepth: 250,
  /** Bytes of all Plans in one cache; what was of no use for longest is removed first. */
  planCache: 2 ** 26,
  /** Bytes of all files that `virtualize` puts into one component. */
  embeddedFiles: 2 ** 24,
  /** Bytes of one memory with what `virtualize` fixes: files with their names, or texts of the environment. */
  virtualMemory: 2 ** 25,
  /** Parts of the types of one signature for which code is generated; larger ones are interpreted. */
  generatedTypeParts: 4_000,
  /** Characters of one module that is transpiled: types share their parts, and texts of them do not. */
  transpiledText: 2 ** 25,
  /** The same of all adapters of one tree of instances: they are generated when it is instantiated, and not when they are called. */
  adapterTypeParts: 50_000,

  // Compositions.
  /** Nodes, and exports: every step copies what there is, and some texts are longer than anybody would write. */
  compositionNodes: 5_000,
  /** Plugs of which each gives the next one what it imports. */
  plugDepth: 300,
  /** Times that `plug` begins anew with an instance, because what it chose for it does not fit: choices multiply. */
  plugAttempts: 5_000,
  /** Imports and exports of all interfaces and worlds that one text of WAC defines: each brings along those that it uses. */
  definedExterns: 100_000,

  // At run time.
  tableLength,
  /** Elements of one list that are read from an iterator, or from an object that only has a length: either may be endless. */
  readElements: 2 ** 26,
  /**
   * Bytes of strings and lists that one call may pass out of a guest, each element counted with `liftedElement` more: a
   * guest can point at the same bytes any number of times, and a byte may become an object.
   */
  liftedBytes: 2 ** 28,
  liftedElement: 8,
  /** Elements of one read or write of a stream (CanonicalABI.md, "Buffer State": `MAX_LENGTH`). */
  bufferLength: 2 ** 28 - 1,
  /** Elements of a stream that are on their way from one memory to another at once; longer copies go in pieces. */
  copiedElements: 65_536,
  /** Threads of one component instance that have not ended: each may hold a stack. */
  threads: 100_000,
  /**
   * Stacks of one tree of instances that are suspended in the middle of guest code. V8 maps memory for each, and ends the
   * process when the operating system has no more (Linux: after some 30,000). Tasks with callbacks hold none while they wait.
   */
  suspendedStacks: 8_192,
  /** Handles that one component instance may have when it makes a waitable, a waitable set or an error context. */
  asyncHandles: 2 ** 18,
  /** UTF-16 code units of the debug message of an error context; the rest is cut off. */
  debugMessage: 1_024,
  threadWords,
  pooledMemory,
  /** The same in transpiled components, where JavaScript may have to zero them. */
  transpiledPooledMemory: 2 ** 21,
  memoryUses,
  pooledMemories,
  pageSize,
  /** References of one list or one set of arguments for which room is made at once; more get theirs one by one. */
  allocatedReferences: 65_536,
  /** What is remembered begins anew at this: names that were parsed, and generated modules. */
  rememberedNames: 10_000,
  rememberedModules,
} as const
