/** As much of JSON Schema as our schemas use. */
export interface Schema {
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'boolean'
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly minimum?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly oneOf?: readonly Schema[]
}

/** Where a value is not as the schema says; properties that it does not name are wrong, too: we wrote both. */
export function schemaProblems(value: unknown, schema: Schema, root: Schema = schema, path = '$'): string[] {
  if (schema.$ref !== undefined)
    return schemaProblems(value, root.$defs![schema.$ref.replace('#/$defs/', '')]!, root, path)
  if (schema.oneOf !== undefined) {
    const problems = schema.oneOf.map((each) => schemaProblems(value, each, root, path))
    const fitting = problems.filter((each) => each.length === 0).length
    return fitting === 1
      ? []
      : [`${path} fits ${fitting} of ${problems.length}: ${JSON.stringify(value).slice(0, 200)}`]
  }
  if ('const' in schema) return value === schema.const ? [] : [`${path} is not ${schema.const}`]
  if (schema.enum !== undefined)
    return schema.enum.includes(value) ? [] : [`${path} is none of ${schema.enum}`]
  switch (schema.type) {
    case 'array':
      if (!Array.isArray(value)) return [`${path} is no array`]
      return value.flatMap((each, index) => schemaProblems(each, schema.items!, root, `${path}[${index}]`))
    case 'object':
      return objectProblems(value, schema, root, path)
    case 'integer':
      return Number.isInteger(value) && (value as number) >= (schema.minimum ?? -Infinity)
        ? []
        : [`${path} is ${value}`]
    default:
      return typeof value === schema.type ? [] : [`${path} is no ${schema.type}`]
  }
}

function objectProblems(value: unknown, schema: Schema, root: Schema, path: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path} is no object`]
  const properties = schema.properties ?? {}
  const missing = (schema.required ?? []).filter((name) => !Object.hasOwn(value, name))
  return [
    ...missing.map((name) => `${path}.${name} is missing`),
    ...Object.entries(value).flatMap(([name, each]) =>
      Object.hasOwn(properties, name)
        ? schemaProblems(each, properties[name]!, root, `${path}.${name}`)
        : [`${path}.${name} is not in the schema`],
    ),
  ]
}
