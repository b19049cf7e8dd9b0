//! Every worked case of every failure: the catalogue says what it says it says.

use std::process::Command;

#[test]
fn every_worked_case_of_the_catalogue_passes() {
    let ran = Command::new(env!("CARGO_BIN_EXE_falconer")).arg("cases").env_clear().output().unwrap();
    let said = String::from_utf8(ran.stdout).unwrap();
    assert_eq!(ran.status.code(), Some(0), "{said}");
    assert!(said.ends_with(" passed, 0 failed\n") && !said.starts_with("0 "), "{said}");
}
