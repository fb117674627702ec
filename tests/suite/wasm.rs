//! Runs a module as any WebAssembly host would, without the JavaScript glue.

use base64::Engine as _;
use wasmtime::{Engine, Instance, Linker, Memory, Module, Store, TypedFunc, Val, WasmParams, WasmResults};

/// A module with a memory of its own.
pub(crate) struct Host {
    store: Store<()>,
    instance: Instance,
    memory: Memory,
    /// Frees returned bytes; the reader's module has no such function.
    free: Option<TypedFunc<(i32, i32, i32), ()>>,
}

impl Host {
    pub(crate) fn new(module: &Module) -> Self {
        let mut store = Store::new(module.engine(), ());
        // Where instructions are counted, any number of them is allowed.
        let _ = store.set_fuel(u64::MAX);
        let mut linker: Linker<()> = Linker::new(module.engine());
        // The engine imports two functions: one reports a panic and must not be called; the other sets up a table for JavaScript
        // objects, which the engine does not use.
        for import in module.imports() {
            let kind = import.ty().func().expect("only functions are imported").clone();
            let name = import.name().to_owned();
            let called = move |_: wasmtime::Caller<'_, ()>, _: &[Val], _: &mut [Val]| {
                assert!(name.contains("externref"), "the module called {name}");
                Ok(())
            };
            linker.func_new(import.module(), import.name(), kind, called).unwrap();
        }
        let instance = linker.instantiate(&mut store, module).unwrap();
        let memory = instance.get_memory(&mut store, "memory").unwrap();
        let free = instance.get_typed_func(&mut store, "__wbindgen_free").ok();
        Self { store, instance, memory, free }
    }

    /// The number of instructions so far, if they are counted.
    pub(crate) fn instructions(&self) -> u64 {
        u64::MAX - self.store.get_fuel().expect("the module counts its instructions")
    }

    /// Calls a function with this many results.
    fn call<const RESULTS: usize>(&mut self, name: &str, arguments: &[i32]) -> [i32; RESULTS] {
        let function = self.instance.get_func(&mut self.store, name).unwrap_or_else(|| panic!("no {name}"));
        let arguments: Vec<Val> = arguments.iter().map(|each| Val::I32(*each)).collect();
        let mut results = [const { Val::I32(0) }; RESULTS];
        function.call(&mut self.store, &arguments, &mut results).unwrap();
        results.map(|each| each.unwrap_i32())
    }

    /// Calls a function that returns nothing.
    pub(crate) fn run(&mut self, name: &str, arguments: &[i32]) {
        let [] = self.call(name, arguments);
    }

    /// Calls a function that returns a number.
    pub(crate) fn number(&mut self, name: &str, arguments: &[i32]) -> i32 {
        let [number] = self.call(name, arguments);
        number
    }

    /// Calls a function that returns bytes.
    pub(crate) fn bytes(&mut self, name: &str, arguments: &[i32]) -> Vec<u8> {
        let [at, length] = self.call(name, arguments);
        self.take((at, length))
    }

    /// A function that is called so often that to look it up each time would dominate the test.
    pub(crate) fn function<A: WasmParams, R: WasmResults>(&mut self, name: &str) -> TypedFunc<A, R> {
        self.instance.get_typed_func(&mut self.store, name).unwrap()
    }

    /// Calls such a function.
    pub(crate) fn call_typed<A: WasmParams, R: WasmResults>(
        &mut self,
        called: &TypedFunc<A, R>,
        arguments: A,
    ) -> R {
        called.call(&mut self.store, arguments).unwrap()
    }

    /// Takes returned bytes, given by address and length.
    pub(crate) fn take(&mut self, (at, length): (i32, i32)) -> Vec<u8> {
        let mut bytes = vec![0; usize::try_from(length).unwrap()];
        self.memory.read(&self.store, usize::try_from(at).unwrap(), &mut bytes).unwrap();
        self.free.as_ref().unwrap().call(&mut self.store, (at, length, 1)).unwrap();
        bytes
    }

    /// Passes bytes in, and returns their address and length.
    pub(crate) fn put(&mut self, bytes: &[u8]) -> [i32; 2] {
        let length = i32::try_from(bytes.len()).unwrap();
        let at = self.number("__wbindgen_malloc", &[length, 1]);
        self.memory.write(&mut self.store, usize::try_from(at).unwrap(), bytes).unwrap();
        [at, length]
    }

    /// Writes a text to the start of the memory, and returns the memory.
    pub(crate) fn write_at_start(&mut self, text: &str) -> &mut [u8] {
        self.memory.write(&mut self.store, 0, text.as_bytes()).unwrap();
        self.memory.data_mut(&mut self.store)
    }
}

/// Compiles a module.
pub(crate) fn module(bytes: &[u8]) -> Module {
    Module::new(&Engine::default(), bytes).unwrap()
}

/// Compiles a module whose instructions are counted.
pub(crate) fn metered(bytes: &[u8]) -> Module {
    Module::new(&Engine::new(wasmtime::Config::new().consume_fuel(true)).unwrap(), bytes).unwrap()
}

/// Decodes base64.
pub(crate) fn base64(text: &str) -> Vec<u8> {
    base64::engine::general_purpose::STANDARD.decode(text).unwrap()
}
