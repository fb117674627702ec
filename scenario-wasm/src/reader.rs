//! Reads postcard's bytes, with errors noted instead of returned.
//!
//! postcard's own reader carries a `Result` through every field, and with it code to drop what was read so far:
//! a third of the module for the browser. This one cannot fail: what is missing reads as zero, what is out of range
//! as the nearest that is in range, and [`Reader::is_sound`] tells in the end. The format is postcard's, and a test
//! holds the two readers equal.

use alloc::string::String;
use core::fmt;

use serde::de::{self, Deserialize, DeserializeSeed, SeqAccess, Visitor};

/// The bytes not yet read.
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    sound: bool,
}

/// The error that never happens.
#[derive(Debug)]
pub(crate) enum Never {}

impl fmt::Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl core::error::Error for Never {}

impl de::Error for Never {
    fn custom<T: fmt::Display>(_: T) -> Self {
        unreachable!()
    }
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, sound: true }
    }

    /// A value. Without meaning unless the reader is sound after it.
    pub(crate) fn read<T: Deserialize<'a>>(&mut self) -> T {
        match T::deserialize(self) {
            Ok(value) => value,
        }
    }

    /// Whether all was in range, and nothing is left.
    pub(crate) fn is_sound(&self) -> bool {
        self.sound && self.bytes.is_empty()
    }

    fn fail(&mut self) {
        self.sound = false;
        self.bytes = &[];
    }

    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.bytes.split_first() else {
            self.fail();
            return 0;
        };
        self.bytes = rest;
        *first
    }

    /// A number of at most `bits` bits: seven in a byte, the lowest first, the top bit set in all but the last.
    #[inline(never)]
    fn varint(&mut self, bits: u32) -> u64 {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            let part = u64::from(byte & 0x7f);
            if shift >= bits || part.checked_shr(bits - shift).unwrap_or(0) != 0 {
                self.fail();
                return 0;
            }
            value |= part << shift;
            if byte & 0x80 == 0 {
                return value;
            }
            shift += 7;
        }
    }

    /// How many elements follow: no more than there are bytes, since each takes at least one.
    fn length(&mut self) -> usize {
        let length = self.varint(32) as usize;
        if length > self.bytes.len() {
            self.fail();
            return 0;
        }
        length
    }

    /// An index below `below`.
    fn index(&mut self, below: usize) -> u32 {
        let index = self.varint(32);
        if index >= below as u64 {
            self.fail();
            return 0;
        }
        index as u32
    }
}

/// The fields of a struct, or the members of a tuple: whoever reads them knows how many there are.
struct Fields<'r, 'a>(&'r mut Reader<'a>);

impl<'a> SeqAccess<'a> for Fields<'_, 'a> {
    type Error = Never;

    fn next_element_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<Option<T::Value>, Never> {
        seed.deserialize(&mut *self.0).map(Some)
    }
}

/// A sequence of known length.
struct Items<'r, 'a> {
    reader: &'r mut Reader<'a>,
    left: usize,
}

impl<'a> SeqAccess<'a> for Items<'_, 'a> {
    type Error = Never;

    fn next_element_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<Option<T::Value>, Never> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        seed.deserialize(&mut *self.reader).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

/// Types that a graph does not hold.
macro_rules! unused {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'a>>(self, _: V) -> Result<V::Value, Never> {
            unreachable!()
        })*
    };
}

impl<'a> de::Deserializer<'a> for &mut Reader<'a> {
    type Error = Never;

    fn deserialize_bool<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_bool(self.index(2) == 1)
    }

    fn deserialize_u8<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_u8(self.byte())
    }

    fn deserialize_i8<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_i8(self.byte().cast_signed())
    }

    fn deserialize_u16<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_u16(self.varint(16) as u16)
    }

    fn deserialize_u32<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_u32(self.varint(32) as u32)
    }

    fn deserialize_u64<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_u64(self.varint(64))
    }

    fn deserialize_string<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Never> {
        let length = self.length();
        let (text, rest) = self.bytes.split_at(length);
        self.bytes = rest;
        // Ids are ASCII.
        if !text.is_ascii() {
            self.fail();
        }
        visitor.visit_string(text.iter().map(|byte| char::from(*byte)).collect::<String>())
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Never> {
        match self.index(2) {
            0 => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Never> {
        let left = self.length();
        visitor.visit_seq(Items { reader: self, left })
    }

    fn deserialize_tuple<V: Visitor<'a>>(self, _: usize, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_seq(Fields(self))
    }

    fn deserialize_tuple_struct<V: Visitor<'a>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_seq(Fields(self))
    }

    fn deserialize_struct<V: Visitor<'a>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_seq(Fields(self))
    }

    fn deserialize_enum<V: Visitor<'a>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Never> {
        let variant = self.index(variants.len());
        visitor.visit_enum(Variant { reader: self, variant })
    }

    unused! {
        deserialize_any deserialize_i16 deserialize_i32 deserialize_i64 deserialize_f32 deserialize_f64 deserialize_char
        deserialize_str deserialize_bytes deserialize_byte_buf deserialize_unit deserialize_map deserialize_identifier
        deserialize_ignored_any
    }

    fn deserialize_unit_struct<V: Visitor<'a>>(self, _: &'static str, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_unit()
    }

    fn is_human_readable(&self) -> bool {
        false
    }
}

/// A variant of an enum whose index has been read.
struct Variant<'r, 'a> {
    reader: &'r mut Reader<'a>,
    variant: u32,
}

impl<'a> de::EnumAccess<'a> for Variant<'_, 'a> {
    type Error = Never;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'a>>(self, seed: V) -> Result<(V::Value, Self), Never> {
        let index = de::value::U32Deserializer::new(self.variant);
        seed.deserialize(index).map(|value| (value, self))
    }
}

impl<'a> de::VariantAccess<'a> for Variant<'_, 'a> {
    type Error = Never;

    fn unit_variant(self) -> Result<(), Never> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'a>>(self, seed: T) -> Result<T::Value, Never> {
        seed.deserialize(self.reader)
    }

    fn tuple_variant<V: Visitor<'a>>(self, _: usize, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_seq(Fields(self.reader))
    }

    fn struct_variant<V: Visitor<'a>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_seq(Fields(self.reader))
    }
}
