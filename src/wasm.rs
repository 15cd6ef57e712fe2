//! The bindings. JSON text goes in (a cyclic or hostile object cannot reach the engine), and either text or
//! plain objects come out.

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

    /// JSON text of a form in, the report as a plain object out.
    ///
    /// # Errors
    /// None that a report can cause; the type is serde-wasm-bindgen's.
    pub fn check(&self, form: &str) -> Result<JsValue, JsValue> {
        let serializer = serde_wasm_bindgen::Serializer::json_compatible();
        self.0.check_json(form).serialize(&serializer).map_err(JsValue::from)
    }

    /// Id and version of the policy, as JSON text.
    #[wasm_bindgen(getter)]
    pub fn policy(&self) -> String {
        let policy = &self.0.policy().pack.policy;
        serde_json::json!({ "id": policy.id, "version": policy.version, "name": policy.name, "language": policy.language }).to_string()
    }
}
