//! Entries by name, in the order of their names.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::{Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// Entries by name. Does what a `BTreeMap<String, T>` does, in a list: a pack is read once and holds a dozen kinds of
/// entries, and a tree compiled for each of them weighs more than all rules together.
///
/// ```
/// let mut table = referral_guide::table::Table::default();
/// table.insert("two", 2);
/// table.insert("one", 1);
/// assert_eq!(table.get("two"), Some(&2));
/// assert_eq!(table.keys().collect::<Vec<_>>(), ["one", "two"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table<T>(Vec<(String, T)>);

impl<T> Table<T> {
    /// An empty one.
    pub const fn new() -> Table<T> {
        Table(Vec::new())
    }

    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|entry| entry.0.as_str().cmp(name))
    }

    /// The entry of this name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.get_key_value(name).map(|(_, value)| value)
    }

    /// The entry of this name, with the name as it is held.
    pub fn get_key_value(&self, name: &str) -> Option<(&String, &T)> {
        self.place(name).ok().map(|at| (&self.0[at].0, &self.0[at].1))
    }

    /// The entry of this name, to change.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        self.place(name).ok().map(|at| &mut self.0[at].1)
    }

    /// Whether there is an entry of this name.
    pub fn contains_key(&self, name: &str) -> bool {
        self.place(name).is_ok()
    }

    /// Puts an entry in its place; one of the same name gives way.
    pub fn insert(&mut self, name: impl Into<String>, value: T) {
        self.put(name.into(), value);
    }

    // Apart from `insert`, which is compiled for each kind of name.
    fn put(&mut self, name: String, value: T) {
        // Mostly they come in order.
        if self.0.last().is_none_or(|last| last.0 < name) {
            return self.0.push((name, value));
        }
        match self.place(&name) {
            Ok(at) => self.0[at].1 = value,
            Err(at) => self.0.insert(at, (name, value)),
        }
    }

    /// Keeps the entries that are wanted.
    pub fn retain(&mut self, mut wanted: impl FnMut(&String, &mut T) -> bool) {
        self.0.retain_mut(|(name, value)| wanted(name, value));
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The entries.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&String, &T)> + ExactSizeIterator {
        self.0.iter().map(|(name, value)| (name, value))
    }

    /// The entries, to change.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&String, &mut T)> {
        self.0.iter_mut().map(|(name, value)| (&*name, value))
    }

    /// The names.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &String> + ExactSizeIterator {
        self.0.iter().map(|entry| &entry.0)
    }

    /// What stands under the names.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|entry| &entry.1)
    }

    /// The same, to change.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().map(|entry| &mut entry.1)
    }
}

impl<T: Default> Table<T> {
    /// The entry of this name, made where there is none.
    pub fn entry(&mut self, name: &str) -> &mut T {
        let at = self.place(name).unwrap_or_else(|at| {
            self.0.insert(at, (name.to_owned(), T::default()));
            at
        });
        &mut self.0[at].1
    }
}

impl<T> Default for Table<T> {
    fn default() -> Table<T> {
        Table::new()
    }
}

impl<T> std::ops::Index<&str> for Table<T> {
    type Output = T;

    fn index(&self, name: &str) -> &T {
        self.get(name).expect("an entry of this name")
    }
}

impl<T, N: Into<String>> FromIterator<(N, T)> for Table<T> {
    fn from_iter<I: IntoIterator<Item = (N, T)>>(entries: I) -> Table<T> {
        let mut out = Table::new();
        entries.into_iter().for_each(|(name, value)| out.insert(name, value));
        out
    }
}

impl<T> IntoIterator for Table<T> {
    type Item = (String, T);
    type IntoIter = std::vec::IntoIter<(String, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'t, T> IntoIterator for &'t Table<T> {
    type Item = (&'t String, &'t T);
    type IntoIter = std::iter::Map<std::slice::Iter<'t, (String, T)>, fn(&'t (String, T)) -> (&'t String, &'t T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(|(name, value)| (name, value))
    }
}

impl<T: Serialize> Serialize for Table<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Table<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Table<T>, D::Error> {
        struct Entries<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
            type Value = Table<T>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Table<T>, A::Error> {
                let mut out = Table::new();
                while let Some(name) = map.next_key::<String>()? {
                    let value = map.next_value()?;
                    out.put(name, value);
                }
                Ok(out)
            }
        }

        deserializer.deserialize_map(Entries(PhantomData))
    }
}

#[cfg(feature = "cli")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Table<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        <std::collections::BTreeMap<String, T> as schemars::JsonSchema>::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        <std::collections::BTreeMap<String, T> as schemars::JsonSchema>::json_schema(generator)
    }
}
