//! Reads serde types from parsed JSON, and says where and what it expected when it cannot.
//!
//! `serde_path_to_error` over `serde_json` does the same at four times the size: both compile every type twice
//! over (as a map and as a list) and through a wrapper for each level. Here a struct is only ever a map, a
//! `null` is a field that was not filled in, and an error never holds the value that caused it.

use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, Expected, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;
use std::fmt;

/// Why a value could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// JSON Pointer of the value.
    pub path: String,
    /// What was expected there, in serde's words; never what was found.
    pub expected: String,
}

impl Misfit {
    /// The same, one level further up.
    fn under(mut self, key: &str) -> Misfit {
        self.path = format!("/{}{}", escape(key), self.path);
        self
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: it should be {}", self.path, self.expected)
    }
}

impl std::error::Error for Misfit {}

impl de::Error for Misfit {
    /// Messages of other origin may quote the value, and are dropped.
    fn custom<T: fmt::Display>(_: T) -> Misfit {
        Misfit { path: String::new(), expected: String::new() }
    }

    fn invalid_type(_: Unexpected, expected: &dyn Expected) -> Misfit {
        Misfit { path: String::new(), expected: expected.to_string() }
    }

    fn invalid_value(found: Unexpected, expected: &dyn Expected) -> Misfit {
        Misfit::invalid_type(found, expected)
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Misfit {
        Misfit { path: String::new(), expected: expected.to_string() }
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Misfit {
        Misfit { path: String::new(), expected: format!("one of {}", expected.join(", ")) }
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Misfit {
        Misfit { path: String::new(), expected: format!("without \"{field}\"; what may stand here is {}", expected.join(", ")) }
    }

    fn missing_field(field: &'static str) -> Misfit {
        Misfit { path: String::new(), expected: format!("an object with \"{field}\"") }
    }

    fn duplicate_field(field: &'static str) -> Misfit {
        Misfit { path: String::new(), expected: format!("an object with \"{field}\" once") }
    }
}

/// Reads a type from a value.
///
/// # Errors
/// The place of the first value that does not fit, and what was expected there.
///
/// ```
/// let misfit = referral_guide::place::read::<Vec<u8>>(&serde_json::json!([1, "two"])).unwrap_err();
/// assert_eq!((misfit.path.as_str(), misfit.expected.as_str()), ("/1", "u8"));
/// ```
pub fn read<T: DeserializeOwned>(value: &Value) -> Result<T, Misfit> {
    T::deserialize(Place(value))
}

/// A key as a JSON Pointer writes it.
pub fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// One value.
#[derive(Clone, Copy)]
struct Place<'v>(&'v Value);

impl<'de> Deserializer<'de> for Place<'_> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(value), _) => visitor.visit_u64(value),
                (None, Some(value)) => visitor.visit_i64(value),
                (None, None) => visitor.visit_f64(number.as_f64().unwrap_or(f64::NAN)),
            },
            Value::String(text) => visitor.visit_str(text),
            Value::Array(items) => visitor.visit_seq(Items { items, at: 0 }),
            Value::Object(fields) => visitor.visit_map(Fields { fields: fields.iter(), value: None }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_map(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.0 {
            Value::Object(fields) => visitor.visit_map(Fields { fields: fields.iter(), value: None }),
            _ => Err(Misfit { path: String::new(), expected: "an object".into() }),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.0 {
            Value::Array(items) => visitor.visit_seq(Items { items, at: 0 }),
            _ => Err(Misfit { path: String::new(), expected: "a list".into() }),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.0 {
            Value::String(text) => visitor.visit_str(text),
            _ => Err(Misfit { path: String::new(), expected: "text".into() }),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_string(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_string(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.0 {
            Value::Bool(value) => visitor.visit_bool(*value),
            _ => Err(Misfit { path: String::new(), expected: "true or false".into() }),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, variants: &'static [&'static str], visitor: V) -> Result<V::Value, Misfit> {
        match self.0 {
            Value::String(word) => visitor.visit_enum(word.as_str().into_deserializer()),
            _ => Err(de::Error::unknown_variant("", variants)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct
    }
}

struct Items<'v> {
    items: &'v [Value],
    at: usize,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Misfit;

    // Once for each type, not once for each place that asks: these are most of what a decoder weighs.
    #[inline(never)]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Misfit> {
        let Some(item) = self.items.get(self.at) else { return Ok(None) };
        let at = self.at;
        self.at += 1;
        seed.deserialize(Place(item)).map(Some).map_err(|misfit| misfit.under(&at.to_string()))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len() - self.at)
    }
}

struct Fields<'v> {
    fields: serde_json::map::Iter<'v>,
    value: Option<(&'v str, &'v Value)>,
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Misfit> {
        // A field that is `null` was not filled in.
        let Some((key, value)) = self.fields.find(|field| !field.1.is_null()) else { return Ok(None) };
        self.value = Some((key, value));
        seed.deserialize(key.as_str().into_deserializer()).map(Some)
    }

    #[inline(never)]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misfit> {
        let Some((key, value)) = self.value.take() else { return Err(de::Error::custom("")) };
        seed.deserialize(Place(value)).map_err(|misfit| misfit.under(key))
    }
}
