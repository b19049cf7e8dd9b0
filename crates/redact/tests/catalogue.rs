//! What Falconer says itself holds no secret, and must not be taken for one.

use falconer_catalog::Catalog;
use falconer_messages::Definitions;
use falconer_redact::Redactor;

#[test]
fn no_text_of_the_catalogue_is_redacted() {
    let messages = Definitions::embedded().unwrap();
    let catalog = Catalog::embedded(&messages).unwrap();
    let mut redacted = Vec::new();
    let mut look = |id: &str, text: &str| {
        if Redactor::new().redact(text) != text {
            redacted.push(format!("{id}: {text}\n    {}", Redactor::new().redact(text)));
        }
    };
    for failure in catalog.failures() {
        look(&failure.id, &failure.title);
        look(&failure.id, &failure.summary);
        failure.rules.iter().for_each(|rule| look(&failure.id, &rule.because));
        failure.distinguish.iter().for_each(|neighbour| look(&failure.id, &neighbour.by));
        for check in &failure.checks {
            look(&failure.id, &check.text);
            check.iis.iter().chain(&check.azure).for_each(|command| look(&failure.id, command));
        }
        for remedy in &failure.remedies {
            look(&failure.id, &remedy.text);
            remedy.commands.iter().for_each(|command| look(&failure.id, command));
        }
    }
    assert!(redacted.is_empty(), "{}", redacted.join("\n"));
}
