;; Reads bytes that travel as letters (scenario-wasm/src/letters.rs). A browser runs this at full speed from the first byte on;
;; a script's loop it interprets, for longer than all else takes that a page does until it is ready.
(module
  (memory (export "memory") 4)
  ;; From the UTF-8 at the beginning of the memory to bytes in the same place. Without names, which would travel as well:
  ;; 0 is where the text ends, 1 where the next byte goes to, 2 where it comes from. It returns how many there are.
  (func (export "read") (param i32) (result i32) (local i32 i32 i32)
    (loop
      (local.get 1)
      (local.tee 3 (i32.load8_u (local.get 2)))
      (if (result i32) (i32.shr_u (i32.const 7))
        ;; Two bytes, of a letter 256 higher up: a store keeps the low 8 bits.
        (then
          (i32.xor
            (i32.shl (local.get 3) (i32.const 6))
            (i32.xor
              (i32.load8_u (local.tee 2 (i32.add (local.get 2) (i32.const 1))))
              (i32.const 0x80))))
        (else
          (select
            (i32.and (local.get 3) (i32.const 31))
            (local.get 3)
            (i32.eq (i32.shr_u (local.get 3) (i32.const 5)) (i32.const 2)))))
      (i32.store8)
      (local.set 1 (i32.add (local.get 1) (i32.const 1)))
      (br_if 0
        (i32.lt_u
          (local.tee 2 (i32.add (local.get 2) (i32.const 1)))
          (local.get 0))))
    (local.get 1)))
