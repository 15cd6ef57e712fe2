//! The bindings. JSON text goes in (a cyclic or hostile object cannot reach the engine) and comes out, which
//! was measured faster than building objects for a report of any size; small things come out as objects.

use crate::Guide;
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// A guide with its policy, held by the JavaScript side.
#[wasm_bindgen(js_name = Engine)]
pub struct Engine(Guide);

#[wasm_bindgen(js_class = Engine)]
impl Engine {
    /// With the embedded policy, or a built one given as JSON text.
    ///
    /// # Errors
    /// A JavaScript `Error` that lists every problem of the policy.
    #[wasm_bindgen(constructor)]
    pub fn new(policy: Option<String>, locale: Option<String>) -> Result<Engine, js_sys::Error> {
        let guide = match policy {
            None => Guide::new(),
            Some(json) => Guide::with_policy(&json).map_err(|error| js_sys::Error::new(&error.to_string()))?,
        };
        Ok(Engine(guide.in_language(locale.as_deref())))
    }

    /// JSON text of a form in, the report as JSON text out.
    #[wasm_bindgen(js_name = checkJson)]
    pub fn check_json(&self, form: &str) -> String {
        serde_json::to_string(&self.0.check_json(form)).expect("a report is plain data")
    }

    /// Id, version, name and language of the policy, as a plain object.
    ///
    /// # Errors
    /// None that a policy can cause; the type is serde-wasm-bindgen's.
    #[wasm_bindgen(getter)]
    pub fn policy(&self) -> Result<JsValue, JsValue> {
        let policy = &self.0.policy().pack.policy;
        let named = [("id", &policy.id), ("version", &policy.version), ("name", &policy.name), ("language", &policy.language)];
        let named: std::collections::BTreeMap<&str, &String> = named.into_iter().collect();
        named.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).map_err(JsValue::from)
    }
}
