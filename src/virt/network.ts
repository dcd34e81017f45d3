/** The names of `wasi:sockets/network`'s error codes, as the component that imports it has them. */
export type ErrorCodes = readonly string[]

const enumText = (names: readonly string[]): string => `(enum ${names.map((name) => `"${name}"`).join(' ')})`
const family = enumText(['ipv4', 'ipv6'])

/** What is answered: an error, of code `access-denied`. */
function denialText(codes: ErrorCodes): string {
  // A result's payload stands behind its discriminant, at the alignment of a handle.
  return `
      (memory (export "memory") 1)
      (data (i32.const 0) "\\01\\00\\00\\00\\${codes.indexOf('access-denied').toString(16).padStart(2, '0')}")`
}

/**
 * `wasi:sockets/tcp-create-socket` or `udp-create-socket` that makes none.
 *
 * @param protocol `tcp` or `udp`
 * @param interfaceOf the names of other interfaces of `wasi:sockets`
 */
export function noSocketsText(
  name: string,
  protocol: string,
  interfaceOf: (item: string) => string,
  codes: ErrorCodes,
): string {
  const create = `create-${protocol}-socket`
  const type = (socket: string, family: string, code: string): string =>
    `(param "address-family" ${family}) (result (result (own ${socket}) (error ${code})))`
  return `(component
    (import "${interfaceOf('network')}" (instance $network
      (export "network" (type (sub resource)))
      (type $c ${enumText(codes)}) (export "error-code" (type (eq $c)))
      (type $f ${family}) (export "ip-address-family" (type (eq $f)))))
    (alias export $network "network" (type $net))
    (alias export $network "error-code" (type $code))
    (alias export $network "ip-address-family" (type $family))
    (import "${interfaceOf(protocol)}" (instance $sockets (export "${protocol}-socket" (type (sub resource)))))
    (alias export $sockets "${protocol}-socket" (type $socket))
    (core module $M ${denialText(codes)}
      (func (export "create") (param i32) (result i32) (i32.const 0)))
    (core instance $m (instantiate $M))
    (func $create ${type('$socket', '$family', '$code')} (canon lift (core func $m "create") (memory $m "memory")))
    (component $Shell
      (type $c ${enumText(codes)})
      (type $f ${family})
      (import "network" (type $given-network (sub resource)))
      (import "socket" (type $given (sub resource)))
      (import "error-code" (type $given-code (eq $c)))
      (import "ip-address-family" (type $given-family (eq $f)))
      (import "create" (func $create ${type('$given', '$given-family', '$given-code')}))
      (export "network" (type $given-network))
      (export $code "error-code" (type $given-code))
      (export $family "ip-address-family" (type $given-family))
      (export $socket "${protocol}-socket" (type $given))
      (export "${create}" (func $create) (func ${type('$socket', '$family', '$code')})))
    (instance $shell (instantiate $Shell (with "network" (type $net)) (with "socket" (type $socket))
      (with "error-code" (type $code)) (with "ip-address-family" (type $family)) (with "create" (func $create))))
    (export "${name}" (instance $shell)))`
}

/** `wasi:sockets/ip-name-lookup` that finds nothing. @param poll the name of `wasi:io/poll` */
export function noNamesText(
  name: string,
  poll: string,
  interfaceOf: (item: string) => string,
  codes: ErrorCodes,
): string {
  const address = `
      (type $v4 (tuple u8 u8 u8 u8))
      (type $v6 (tuple u16 u16 u16 u16 u16 u16 u16 u16))`
  const variant = '(variant (case "ipv4" $v4) (case "ipv6" $v6))'
  const resolve = (network: string, stream: string, code: string): string =>
    `(param "network" (borrow ${network})) (param "name" string) (result (result (own ${stream}) (error ${code})))`
  const next = (stream: string, ip: string, code: string): string =>
    `(param "self" (borrow ${stream})) (result (result (option ${ip}) (error ${code})))`
  const subscribe = (stream: string, pollable: string): string =>
    `(param "self" (borrow ${stream})) (result (own ${pollable}))`
  return `(component
    (import "${poll}" (instance $poll (export "pollable" (type (sub resource)))))
    (alias export $poll "pollable" (type $pollable))
    (import "${interfaceOf('network')}" (instance $network
      (export "network" (type (sub resource)))
      (type $c ${enumText(codes)}) (export "error-code" (type (eq $c)))
      ${address}
      (export "ipv4-address" (type $four (eq $v4))) (export "ipv6-address" (type $six (eq $v6)))
      (type $v (variant (case "ipv4" $four) (case "ipv6" $six))) (export "ip-address" (type (eq $v)))))
    (alias export $network "network" (type $net))
    (alias export $network "error-code" (type $code))
    (alias export $network "ip-address" (type $ip))
    (type $stream (resource (rep i32)))
    (core func $drop (canon resource.drop $net))
    (core module $M
      (import "" "drop" (func $drop (param i32))) ${denialText(codes)}
      ;; The name that was asked for, over and over at one place.
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (local $missing i32)
        (local.set $missing (i32.sub (i32.add (i32.shr_u (local.get 3) (i32.const 16)) (i32.const 2)) (memory.size)))
        (if (i32.gt_s (local.get $missing) (i32.const 0))
          (then (if (i32.eq (memory.grow (local.get $missing)) (i32.const -1)) (then unreachable))))
        (i32.const 64))
      (func (export "resolve") (param $network i32) (param i32 i32) (result i32)
        (call $drop (local.get $network))
        (i32.const 0))
      ;; There is no stream to ask.
      (func (export "never") (param i32) (result i32) unreachable))
    (core instance $m (instantiate $M (with "" (instance (export "drop" (func $drop))))))
    (func $resolve ${resolve('$net', '$stream', '$code')}
      (canon lift (core func $m "resolve") (memory $m "memory") (realloc (func $m "realloc"))))
    (func $next ${next('$stream', '$ip', '$code')} (canon lift (core func $m "never") (memory $m "memory")))
    (func $subscribe ${subscribe('$stream', '$pollable')} (canon lift (core func $m "never")))
    (component $Shell
      (type $c ${enumText(codes)})
      ${address}
      (type $v ${variant})
      (import "pollable" (type $given-pollable (sub resource)))
      (import "network" (type $given-network (sub resource)))
      (import "stream" (type $given-stream (sub resource)))
      (import "error-code" (type $given-code (eq $c)))
      (import "ip-address" (type $given-ip (eq $v)))
      (import "resolve" (func $resolve ${resolve('$given-network', '$given-stream', '$given-code')}))
      (import "next" (func $next ${next('$given-stream', '$given-ip', '$given-code')}))
      (import "subscribe" (func $subscribe ${subscribe('$given-stream', '$given-pollable')}))
      (export $pollable "pollable" (type $given-pollable))
      (export $network "network" (type $given-network))
      (export $code "error-code" (type $given-code))
      (export $ip "ip-address" (type $given-ip))
      (export $stream "resolve-address-stream" (type $given-stream))
      (export "resolve-addresses" (func $resolve) (func ${resolve('$network', '$stream', '$code')}))
      (export "[method]resolve-address-stream.resolve-next-address" (func $next) (func ${next('$stream', '$ip', '$code')}))
      (export "[method]resolve-address-stream.subscribe" (func $subscribe) (func ${subscribe('$stream', '$pollable')})))
    (instance $shell (instantiate $Shell (with "pollable" (type $pollable)) (with "network" (type $net))
      (with "stream" (type $stream)) (with "error-code" (type $code)) (with "ip-address" (type $ip))
      (with "resolve" (func $resolve)) (with "next" (func $next)) (with "subscribe" (func $subscribe))))
    (export "${name}" (instance $shell)))`
}
