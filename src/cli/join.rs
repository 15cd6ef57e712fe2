//! What joins a receipt to the decision on its referral: a keyed hash of the reference, where somebody asks for one.
//!
//! A reference such as `22/004512/26` has so few possible values that a plain hash of it is undone by trying them all, in
//! seconds. With a key (HMAC-SHA256) only who holds the key can do that, so keep it apart from the receipts. Who holds both can
//! tell which receipt is whose, and that is what the key is for: destroy it, and the receipts say nothing again.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::path::Path;

/// Shortest key, in bytes.
const SHORTEST: usize = 16;

/// The key of a force.
pub struct Key(Hmac<Sha256>);

impl Key {
    /// From a file, whose text or bytes are the key; space around it does not count.
    pub fn load(path: &Path) -> Result<Key, String> {
        let bytes = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
        Key::new(&bytes).ok_or_else(|| format!("{}: holds no key of {SHORTEST} bytes or more; `openssl rand -hex 32` makes one", path.display()))
    }

    fn new(bytes: &[u8]) -> Option<Key> {
        let bytes = bytes.trim_ascii();
        (bytes.len() >= SHORTEST).then(|| Hmac::new_from_slice(bytes).ok().map(Key)).flatten()
    }

    /// The hash of a reference, the same however its letters are cased and spaced; none of a blank one.
    pub fn mark(&self, reference: &str) -> Option<String> {
        let reference: String = reference.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
        (!reference.is_empty()).then(|| self.of(&format!("reference:{reference}")))
    }

    /// Tells whether two runs have the same key, without telling the key.
    pub fn print(&self) -> String {
        self.of("key")
    }

    fn of(&self, text: &str) -> String {
        let mut mac = self.0.clone();
        mac.update(text.as_bytes());
        super::receipt::hex(&mac.finalize().into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_reference_and_key_give_the_same_mark() {
        let (a, b) = (Key::new(b"0123456789abcdef\n").expect("long enough"), Key::new(b"0123456789abcdeF").expect("long enough"));
        assert_eq!(a.mark("22/004512/26a"), a.mark(" 22/004512 /26A "));
        assert_ne!(a.mark("22/004512/26"), b.mark("22/004512/26"));
        assert_ne!(a.mark("22/004512/26"), a.mark("22/004513/26"));
        assert_eq!((a.mark("  "), Key::new(b"short\n            ").is_none()), (None, true));
    }
}
