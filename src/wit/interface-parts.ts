import { nameInPackage, type WitFunction, type WitInterface } from './package.ts'

/** `ns:pkg/name@1.0.0`, of an interface that has a name. */
export function fullName({ package: home, name }: WitInterface): string {
  return nameInPackage(home, name!)
}

/** Functions of resources before others, in the order of the resources: as they stand in text. */
export function functionsInOrder({ types, functions }: WitInterface): WitFunction[] {
  const positions = new Map([...types.keys()].map((name, index) => [name, index]))
  const position = (name: string): number => {
    const resource = /^\[[a-z]+\]([^.]*)/.exec(name)?.[1]
    return resource === undefined ? types.size : positions.get(resource)!
  }
  return [...functions.values()].sort((a, b) => position(a.name) - position(b.name))
}
