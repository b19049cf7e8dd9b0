//! What a redactor remembers within a run.

use falconer_redact::Redactor;

#[test]
fn the_same_secret_has_the_same_placeholder_and_another_one_has_another() {
    let mut redactor = Redactor::new();
    assert_eq!(redactor.redact("Password=one;Encrypt=True"), "Password=<password-1>;Encrypt=True");
    assert_eq!(redactor.redact("DB_PASSWORD=two"), "DB_PASSWORD=<password-2>");
    assert_eq!(redactor.redact("{\"Password\": \"one\"}"), "{\"Password\": \"<password-1>\"}");
}

#[test]
fn a_secret_that_was_seen_is_known_where_nothing_gives_it_away() {
    let mut redactor = Redactor::new();
    redactor.redact("Server=db01.corp.example;User ID=CORP\\web;Password=S3cr3t-pa55");
    assert_eq!(
        redactor.redact("could not reach db01.corp.example as CORP\\web with S3cr3t-pa55"),
        "could not reach <host-1> as <user-1> with <password-1>"
    );
}

#[test]
fn a_secret_that_could_be_a_word_is_not_looked_for() {
    let mut redactor = Redactor::new();
    redactor.redact("User ID=app;Password=dotnet");
    assert_eq!(redactor.redact("dotnet app.dll"), "dotnet app.dll");
}

#[test]
fn a_part_of_a_longer_word_is_no_secret() {
    let mut redactor = Redactor::new();
    redactor.redact("Password=aspnetcore8");
    assert_eq!(redactor.redact("libaspnetcore8x"), "libaspnetcore8x");
}

#[test]
fn numbers_of_an_earlier_run_are_not_given_again() {
    let mut redactor = Redactor::new();
    let text = "Password=<password-3>;Encrypt=True\nDB_PASSWORD=one";
    assert_eq!(redactor.redact(text), "Password=<password-3>;Encrypt=True\nDB_PASSWORD=<password-4>");
}

#[test]
fn a_forged_number_does_not_exhaust_the_numbers() {
    let mut redactor = Redactor::new();
    redactor.redact("<password-999999999> <password-4294967295>");
    assert_eq!(redactor.redact("DB_PASSWORD=one"), "DB_PASSWORD=<password-1>");
}

#[test]
fn a_text_without_secrets_is_not_copied() {
    let text = "Application '/LM/W3SVC/5/ROOT' with physical root 'C:\\inetpub\\site\\' failed to load clr";
    assert!(matches!(Redactor::new().redact(text), std::borrow::Cow::Borrowed(_)));
}

#[test]
fn the_debug_form_of_a_redactor_tells_no_secret() {
    let mut redactor = Redactor::new();
    redactor.redact("Password=S3cr3t-pa55");
    assert_eq!(format!("{redactor:?}"), "Redactor { .. }");
}

/// Put together here, so that no scanner of repositories takes them for real.
#[test]
fn keys_are_known_by_what_their_issuers_begin_them_with() {
    let tail = "0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV1wX2yZ3";
    for (key, placeholder) in [
        (format!("ghp_{}", &tail[..36]), "<token-1>"),
        (format!("github_pat_{tail}"), "<token-1>"),
        (format!("glpat-{}", &tail[..20]), "<token-1>"),
        (format!("npm_{}", &tail[..36]), "<token-1>"),
        (format!("xoxb-{tail}"), "<token-1>"),
        (format!("AKIA{}", "ABCD1234EFGH5678"), "<key-1>"),
        (format!("AIza{}", &tail[..35]), "<key-1>"),
        (format!("GOCSPX-{}", &tail[..28]), "<key-1>"),
        (format!("ya29.{tail}"), "<token-1>"),
        (format!("sk_live_{}", &tail[..24]), "<key-1>"),
        (format!("whsec_{}", &tail[..32]), "<key-1>"),
        (format!("SG.{}.{tail}", &tail[..22]), "<key-1>"),
        (format!("sk-{tail}"), "<key-1>"),
        (format!("abc8Q~{}", &tail[..34]), "<key-1>"),
        (format!("eyJhbGciOiJIUzI1NiJ9.{tail}.{tail}"), "<token-1>"),
        (format!("CfDJ8{tail}"), "<token-1>"),
        (format!("oy2{}", "abcdefghij0123456789abcdefghij0123456789abc"), "<token-1>"),
    ] {
        let text = format!("got '{key}', refused");
        assert_eq!(Redactor::new().redact(&text), format!("got '{placeholder}', refused"));
    }
}
