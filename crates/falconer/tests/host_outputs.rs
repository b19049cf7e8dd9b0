//! What real hosts print (hostfxr 3.1.23 and 9.0.5, the muxer, apphost and the hosting API), fed as a stdout log:
//! each output is named by its right failure, and a run that went well by none.

use std::fs;
use std::path::Path;

use falconer_catalog::{Catalog, Part};
use falconer_diagnosis::Diagnoser;
use falconer_evidence::{Gatherer, Limits};
use falconer_messages::Definitions;

#[test]
fn each_output_of_a_real_host_is_named_by_its_failure() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/host-outputs");
    let messages = Definitions::embedded().expect("valid messages");
    let catalog = Catalog::with_packs(&messages, &[], Part::Rules).expect("valid catalogue");
    let diagnoser = Diagnoser::new(&catalog, &messages);
    let expected = fs::read_to_string(folder.join("expected.tsv")).expect("the table is there");
    let mut wrong = Vec::new();
    for line in expected.lines() {
        let (name, id) = line.split_once('\t').expect("a name and an id");
        let output = fs::read(folder.join(format!("{name}.txt"))).expect("the output is there");
        let mut gatherer = Gatherer::new(Limits::default(), Vec::new());
        gatherer.add_bytes("stdout.log", &output);
        let report = diagnoser.diagnose(&gatherer.finish());
        let got = report.diagnoses.first().map_or("-", |d| d.id.as_str());
        if got != id {
            wrong.push(format!("{name}: expected {id}, got {got}"));
        }
    }
    assert!(expected.lines().count() >= 160, "all outputs are there");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
