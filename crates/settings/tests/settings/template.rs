use falconer_settings::{FailOn, Settings, Target, template};

use super::schema;

/// The template with its settings in force.
fn uncommented() -> String {
    let setting = |line: &str| line.starts_with('#') && !line.starts_with("# ") && line != "#";
    let line = |line: &str| line.get(usize::from(setting(line))..).unwrap_or_default().to_owned() + "\n";
    template().lines().map(line).collect()
}

#[test]
fn the_template_changes_nothing_as_it_is() {
    let settings = Settings::parse("falconer.toml", &template()).expect("the template is right");
    let empty = Settings { file: "falconer.toml".to_owned(), ..Settings::default() };
    assert_eq!(format!("{settings:?}"), format!("{empty:?}"));
    assert_eq!(schema::errors(&template()), Vec::<String>::new());
}

#[test]
fn every_example_of_the_template_is_right() {
    let text = uncommented();
    let settings = Settings::parse("falconer.toml", &text).expect("the examples are right");
    assert_eq!((settings.target, settings.fail_on), (Some(Target::default()), Some(FailOn::default())));
    assert_eq!(settings.suppress.len(), 1);
    assert_eq!(schema::errors(&text), Vec::<String>::new());
}

#[test]
fn the_template_shows_every_key() {
    let document: toml::Table = uncommented().parse().expect("the examples are TOML");
    let value = serde_json::to_value(document).expect("TOML without dates is JSON");
    for pointer in ["/properties/check", "/properties/check/properties/suppress/items"] {
        let of_schema = schema::keys(pointer);
        let shown = if pointer.ends_with("items") { "/check/suppress/0" } else { "/check" };
        let shown = value.pointer(shown).and_then(|table| table.as_object()).expect("the table is shown");
        let shown: std::collections::BTreeSet<String> = shown.keys().cloned().collect();
        assert_eq!(shown, of_schema);
    }
}
