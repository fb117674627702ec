//! Packs numbers of any range into one: with no more symbols than all their combinations need, and with only one way to
//! write each.

use alloc::vec::Vec;

/// A number of any size, as 32-bit words, the lowest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Large(Vec<u32>);

impl Large {
    fn multiply_and_add(&mut self, by: u32, and: u32) {
        let mut carry = u64::from(and);
        for part in &mut self.0 {
            carry += u64::from(*part) * u64::from(by);
            *part = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    /// Divides, and returns the remainder.
    fn divide(&mut self, by: u32) -> u32 {
        let mut rest = 0u64;
        for part in self.0.iter_mut().rev() {
            rest = rest << 32 | u64::from(*part);
            *part = (rest / u64::from(by)) as u32;
            rest %= u64::from(by);
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        rest as u32
    }
}

impl Large {
    /// The number of symbols that this number and all smaller ones fit into.
    fn width(&self) -> usize {
        let bits = self.0.len() * 32 - self.0.last().map_or(0, |top| top.leading_zeros() as usize);
        bits.div_ceil(5)
    }
}

/// Numbers being packed, each with its range: every number is below it.
#[derive(Debug, Default)]
pub(crate) struct Packing(Vec<(u32, u32)>);

impl Packing {
    pub(crate) fn put(&mut self, number: u32, range: u32) {
        debug_assert!(number < range, "a number is within its range");
        self.0.push((number, range));
    }

    /// Adds a number of 32 bits.
    pub(crate) fn put_whole(&mut self, number: u32) {
        self.put(number & 0xffff, 1 << 16);
        self.put(number >> 16, 1 << 16);
    }

    /// Values of 0 to 31. The number that was added first determines the first value.
    pub(crate) fn values(&self) -> Vec<u8> {
        let (mut all, mut most) = (Large::default(), Large::default());
        for (number, range) in self.0.iter().rev() {
            all.multiply_and_add(*range, *number);
            most.multiply_and_add(*range, *range - 1);
        }
        (0..most.width()).map(|_| all.divide(32) as u8).collect()
    }
}

/// Numbers being unpacked, in the order in which they were packed.
#[derive(Debug, Clone)]
pub(crate) struct Unpacking {
    rest: Large,
    values: usize,
    /// The largest number that the ranges taken so far can produce.
    most: Large,
}

impl Unpacking {
    pub(crate) fn new(values: &[u8]) -> Self {
        let mut rest = Large::default();
        values.iter().rev().for_each(|value| rest.multiply_and_add(32, u32::from(*value)));
        Self { rest, values: values.len(), most: Large::default() }
    }

    pub(crate) fn take(&mut self, range: u32) -> u32 {
        self.most.multiply_and_add(range, range - 1);
        self.rest.divide(range)
    }

    pub(crate) fn take_whole(&mut self) -> u32 {
        let low = self.take(1 << 16);
        low | self.take(1 << 16) << 16
    }

    /// Whether nothing is left, and there are no more values than the ranges need.
    pub(crate) fn is_all(&self) -> bool {
        self.rest.0.is_empty() && self.most.width() == self.values
    }

    /// Whether more was taken than the values can contain.
    pub(crate) fn is_past_end(&self) -> bool {
        self.most.width() > self.values
    }
}
