//! Application pools.

use std::collections::BTreeMap;

use crate::facts::Sink;
use crate::facts::definitions::{self as d};
use crate::facts::secrets::looks_secret;
use crate::{HostConfig, Pool, Span};

pub(super) fn find(sink: &mut Sink<'_>, host: &HostConfig) {
    let pools = host.pools();
    doubled(sink, &pools);
    for pool in &pools {
        if sink.is_full() {
            return;
        }
        as_given(sink, pool);
        runtime(sink, pool);
        identity(sink, pool);
        variables(sink, pool);
    }
}

fn as_given(sink: &mut Sink<'_>, pool: &Pool<'_>) {
    let (span, name) = (pool.node.element().tag, pool.name);
    let yes_no = |value: bool| if value { "true" } else { "false" };
    let fields = [
        ("name", name),
        ("bits32", yes_no(pool.bits32)),
        ("runtime", pool.managed_runtime),
        ("pipeline", pool.pipeline),
        ("auto_start", yes_no(pool.auto_start)),
        ("start_mode", pool.start_mode),
        ("identity", pool.identity.kind),
    ];
    sink.add(&d::POOL, span, &fields, format!("the application pool {name} runs as {}", pool.identity.kind));
    if pool.bits32 {
        sink.add(&d::POOL_32_BIT, span, &[("name", name)], format!("the application pool {name} is 32-bit"));
    }
    if !pool.auto_start {
        let message = format!("the application pool {name} is not started with IIS");
        sink.add(&d::POOL_NOT_STARTED, span, &[("name", name)], message);
    }
    if pool.start_mode.eq_ignore_ascii_case("AlwaysRunning") {
        let message = format!("the application pool {name} is started without waiting for a request");
        sink.add(&d::POOL_ALWAYS_RUNNING, span, &[("name", name)], message);
    }
    let fail = pool.rapid_fail;
    if !fail.enabled || fail.max_crashes != "5" || fail.interval != "00:05:00" {
        let enabled = yes_no(fail.enabled);
        let fields = [
            ("name", name),
            ("enabled", enabled),
            ("max_crashes", fail.max_crashes),
            ("interval", fail.interval),
        ];
        let message = if fail.enabled {
            format!(
                "{} crashes within {} switch the application pool {name} off",
                fail.max_crashes, fail.interval
            )
        } else {
            format!("the application pool {name} is not switched off after crashes")
        };
        sink.add(&d::RAPID_FAIL, span, &fields, message);
    }
}

fn doubled(sink: &mut Sink<'_>, pools: &[Pool<'_>]) {
    // Separate quotations of one file may show a pool twice.
    if !sink.config.is_complete() {
        return;
    }
    let mut first: BTreeMap<String, Span> = BTreeMap::new();
    for pool in pools {
        let (name, span) = (pool.name, pool.node.element().tag);
        let earlier = *first.entry(name.to_ascii_lowercase()).or_insert(span);
        if earlier != span {
            let line = sink.line(earlier).to_string();
            let message = format!("there is another application pool {name} on line {line}");
            sink.add(&d::POOL_DUPLICATE, span, &[("name", name), ("first_line", &line)], message);
        }
    }
}

fn runtime(sink: &mut Sink<'_>, pool: &Pool<'_>) {
    let (span, name) = (pool.node.element().tag, pool.name);
    if !pool.managed_runtime.is_empty() {
        let runtime = pool.managed_runtime;
        let message = format!("the application pool {name} loads the .NET Framework ({runtime})");
        sink.add(&d::POOL_RUNTIME, span, &[("name", name), ("runtime", runtime)], message);
    }
    if pool.pipeline.eq_ignore_ascii_case("Classic") {
        let message = format!("the application pool {name} runs the classic pipeline");
        sink.add(&d::POOL_CLASSIC, span, &[("name", name)], message);
    }
}

fn identity(sink: &mut Sink<'_>, pool: &Pool<'_>) {
    let (span, name, identity) = (pool.node.element().tag, pool.name, pool.identity);
    if identity.kind.eq_ignore_ascii_case("LocalSystem") {
        let message = format!("the application pool {name} runs as LocalSystem");
        sink.add(&d::POOL_LOCAL_SYSTEM, span, &[("name", name)], message);
    }
    if identity.kind.eq_ignore_ascii_case("SpecificUser") {
        match identity.user {
            Some(user) => {
                let message = format!("the application pool {name} runs as {user}");
                sink.add(&d::POOL_SPECIFIC_USER, span, &[("name", name), ("user", user)], message);
            }
            None if sink.config.is_complete() => {
                let message = format!("the application pool {name} runs as a specific user, and names none");
                sink.add(&d::POOL_IDENTITY_INCOMPLETE, span, &[("name", name)], message);
            }
            None => {}
        }
    }
    if identity.load_user_profile == Some(false) {
        let message = format!("the application pool {name} does not load its user's profile");
        sink.add(&d::POOL_PROFILE, span, &[("name", name)], message);
    }
}

/// `<environmentVariables>` of a pool (IIS 10).
fn variables(sink: &mut Sink<'_>, pool: &Pool<'_>) {
    let lists = pool.node.children().filter(|child| child.name() == "environmentVariables");
    for node in lists.flat_map(|list| list.children()).filter(|node| node.name() == "add") {
        let (Some(name), Some(value)) = (node.value("name"), node.value("value")) else { continue };
        let (span, secret) = (node.element().tag, looks_secret(name, value));
        let value = if secret { "" } else { value };
        let fields = [("pool", pool.name), ("name", name), ("value", value)];
        sink.add(
            &d::POOL_VARIABLE,
            span,
            &fields,
            format!("{name} is set for the application pool {}", pool.name),
        );
        if secret {
            let message = format!("the value of {name} is a secret in plain text");
            sink.add(&d::SECRET_IN_VARIABLE, span, &[("name", name)], message);
        }
    }
}
