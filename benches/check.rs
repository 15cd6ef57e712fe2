//! Native cost of a check, of loading the policy, and of the phrase search alone.

use criterion::{Criterion, criterion_group, criterion_main};
use referral_guide::Guide;
use referral_guide::facts::{Cast, Owner, Reading};
use referral_guide::form;
use std::hint::black_box;

fn benches(c: &mut Criterion) {
    let guide = Guide::new();
    for size in ["small", "typical", "large"] {
        let json = std::fs::read_to_string(format!("{}/benches/inputs/{size}.json", env!("CARGO_MANIFEST_DIR"))).expect("an input file");
        c.bench_function(&format!("check {size}"), |b| b.iter(|| guide.check_json(black_box(&json))));
        let (form, _) = form::decode(&json);
        let narrative = form.incident.narrative.as_deref().unwrap_or("");
        let cast = Cast::new(&form, guide.policy());
        c.bench_function(&format!("read narrative {size}"), |b| b.iter(|| Reading::new(black_box(narrative), Owner::Nobody, &cast, guide.policy())));
    }
    c.bench_function("load the policy", |b| b.iter(Guide::new));
}

criterion_group!(all, benches);
criterion_main!(all);
