//! Records by the hash of their subject, in order of insertion.
//!
//! A class may have a million members: a tree would take more memory, and so much more code in the browser's module that
//! the rules of names would not fit.

use alloc::vec;
use alloc::vec::Vec;

/// Records by a hash.
#[derive(Debug)]
pub(super) struct Hashed<T> {
    /// A record's index plus one, or 0. The length is a power of two, and at least a quarter is free.
    slots: Vec<u32>,
    records: Vec<(u64, T)>,
}

impl<T: Default> Hashed<T> {
    pub(super) fn new() -> Self {
        Self { slots: vec![0; 16], records: Vec::new() }
    }

    /// The slot of a hash, taken or free.
    fn slot(&self, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        while self.record(slot).is_some_and(|place| self.records[place].0 != hash) {
            slot = (slot + 1) & mask;
        }
        slot
    }

    /// The index of the record in a slot.
    fn record(&self, slot: usize) -> Option<usize> {
        (self.slots[slot] as usize).checked_sub(1)
    }

    pub(super) fn get(&mut self, hash: u64) -> Option<&mut T> {
        let place = self.record(self.slot(hash))?;
        Some(&mut self.records[place].1)
    }

    /// The record of a hash, which is created if necessary.
    pub(super) fn entry(&mut self, hash: u64) -> &mut T {
        let mut slot = self.slot(hash);
        let place = self.record(slot).unwrap_or_else(|| {
            if 4 * self.records.len() >= 3 * self.slots.len() {
                self.grow();
                slot = self.slot(hash);
            }
            self.records.push((hash, T::default()));
            self.slots[slot] = self.records.len() as u32;
            self.records.len() - 1
        });
        &mut self.records[place].1
    }

    fn grow(&mut self) {
        self.slots = vec![0; 2 * self.slots.len()];
        for place in 0..self.records.len() {
            let slot = self.slot(self.records[place].0);
            self.slots[slot] = place as u32 + 1;
        }
    }
}
