//! Writes a synthetic log of an ASP.NET Core application behind IIS to standard output.
//!
//! `generate_log SIZE ANCHORS [dense]`: SIZE in bytes or with the suffix `M` or `G`; ANCHORS is a file with one
//! literal a line. Of a million log events about 200 hold a literal of ANCHORS and 15,000 an ordinary exception
//! that is none of them; with `dense` the ordinary exceptions hold one too. The same arguments give the same bytes.

use std::error::Error;
use std::io::{self, Write as _};

/// Events of a million that carry an anchor.
const ANCHORED_PER_MILLION: u64 = 200;
/// Events of a million that are ordinary exceptions.
const EXCEPTIONS_PER_MILLION: u64 = 15_000;
/// Bytes gathered before they are written.
const FLUSH_AT: usize = 1 << 20;

const CONTROLLERS: [&str; 8] =
    ["Orders", "Customers", "Invoices", "Catalog", "Basket", "Account", "Reports", "Health"];
const VERBS: [&str; 5] = ["GET", "GET", "GET", "POST", "PUT"];
const STATUSES: [u64; 8] = [200, 200, 200, 200, 204, 302, 304, 404];
const FRAMES: [&str; 10] = [
    "Contoso.Shop.Services.OrderService.LoadAsync(Guid id, CancellationToken token)",
    "Contoso.Shop.Data.Repository`1.FindAsync(Expression`1 predicate)",
    "Microsoft.EntityFrameworkCore.Query.Internal.SingleQueryingEnumerable`1.AsyncEnumerator.MoveNextAsync()",
    "Microsoft.AspNetCore.Mvc.Infrastructure.ControllerActionInvoker.InvokeNextActionFilterAsync()",
    "Microsoft.AspNetCore.Mvc.Infrastructure.ResourceInvoker.InvokeFilterPipelineAsync()",
    "Microsoft.AspNetCore.Routing.EndpointMiddleware.<Invoke>g__AwaitRequestTask|6_0(Endpoint endpoint)",
    "Microsoft.AspNetCore.Authorization.AuthorizationMiddleware.Invoke(HttpContext context)",
    "Microsoft.AspNetCore.Authentication.AuthenticationMiddleware.Invoke(HttpContext context)",
    "Microsoft.AspNetCore.Server.IIS.Core.IISHttpContextOfT`1.ProcessRequestAsync()",
    "System.Runtime.CompilerServices.TaskAwaiter.HandleNonSuccessAndDebuggerNotification(Task task)",
];
const ORDINARY: [&str; 5] = [
    "Contoso.Shop.Domain.OrderNotFoundException: Order was not in the store",
    "System.OperationCanceledException: The operation was canceled.",
    "System.Threading.Tasks.TaskCanceledException: A task was canceled.",
    "Microsoft.EntityFrameworkCore.DbUpdateConcurrencyException: The operation expected to affect 1 row(s)",
    "System.ArgumentOutOfRangeException: Index must be within the bounds of the list.",
];

/// SplitMix64: small, and the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        usize::try_from(self.below(from.len() as u64)).ok().and_then(|at| from.get(at)).copied()
    }

    fn guid(&mut self) -> String {
        let (a, b) = (self.next(), self.next());
        format!(
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            a >> 32,
            (a >> 16) & 0xffff,
            a & 0xffff,
            b >> 48,
            b & 0xffff_ffff_ffff
        )
    }
}

struct Generator {
    random: Random,
    anchors: Vec<String>,
    dense: bool,
    /// Milliseconds since the log began.
    clock: u64,
    text: Vec<u8>,
}

impl Generator {
    fn stamp(&self) -> String {
        let seconds = self.clock / 1000;
        format!(
            "2024-{:02}-{:02} {:02}:{:02}:{:02}",
            seconds / 2_419_200 % 12 + 1,
            seconds / 86_400 % 28 + 1,
            seconds / 3600 % 24,
            seconds / 60 % 60,
            seconds % 60
        )
    }

    fn event(&mut self) -> io::Result<()> {
        self.clock += self.random.below(40);
        let lot = self.random.below(1_000_000);
        if lot < ANCHORED_PER_MILLION {
            return self.anchored();
        }
        if lot < ANCHORED_PER_MILLION + EXCEPTIONS_PER_MILLION {
            return self.exception();
        }
        match self.random.below(100) {
            0..45 => self.request(),
            45..60 => self.query(),
            60..75 => self.endpoint(),
            75..90 => self.structured(),
            90..97 => self.w3c(),
            _ => self.module(),
        }
    }

    fn controller(&mut self) -> &'static str {
        self.random.pick(&CONTROLLERS).unwrap_or("Orders")
    }

    fn verb(&mut self) -> &'static str {
        self.random.pick(&VERBS).unwrap_or("GET")
    }

    fn request(&mut self) -> io::Result<()> {
        let (verb, controller) = (self.verb(), self.controller());
        let (id, micros) = (self.random.below(1_000_000), self.random.below(900_000));
        let status = self.random.pick(&STATUSES).unwrap_or(200);
        write!(
            self.text,
            "info: Microsoft.AspNetCore.Hosting.Diagnostics[1]\r\n      Request starting HTTP/1.1 {verb} \
             http://shop.contoso.com/api/{controller}/{id} - -\r\n\
             info: Microsoft.AspNetCore.Hosting.Diagnostics[2]\r\n      Request finished HTTP/1.1 {verb} \
             http://shop.contoso.com/api/{controller}/{id} - {status} - application/json;+charset=utf-8 \
             {}.{:04}ms\r\n",
            micros / 10_000,
            micros % 10_000
        )
    }

    fn query(&mut self) -> io::Result<()> {
        let (millis, table, id) = (self.random.below(80), self.controller(), self.random.guid());
        write!(
            self.text,
            "info: Microsoft.EntityFrameworkCore.Database.Command[20101]\r\n      Executed DbCommand ({millis}ms) \
             [Parameters=[@__id_0='{id}'], CommandType='Text', CommandTimeout='30']\r\n      SELECT TOP(1) [o].[Id], \
             [o].[CreatedAt], [o].[CustomerId], [o].[Total]\r\n      FROM [{table}] AS [o]\r\n      WHERE [o].[Id] = \
             @__id_0\r\n"
        )
    }

    fn endpoint(&mut self) -> io::Result<()> {
        let controller = self.controller();
        write!(
            self.text,
            "info: Microsoft.AspNetCore.Routing.EndpointMiddleware[0]\r\n      Executing endpoint \
             'Contoso.Shop.Controllers.{controller}Controller.Get (Contoso.Shop)'\r\n\
             info: Microsoft.AspNetCore.Mvc.Infrastructure.ControllerActionInvoker[102]\r\n      Route matched with \
             {{action = \"Get\", controller = \"{controller}\"}}. Executing controller action with signature \
             System.Threading.Tasks.Task`1[Microsoft.AspNetCore.Mvc.IActionResult] Get(System.Guid) on controller \
             Contoso.Shop.Controllers.{controller}Controller (Contoso.Shop).\r\n"
        )
    }

    fn structured(&mut self) -> io::Result<()> {
        let (trace, user, controller) = (self.random.guid(), self.random.below(50_000), self.controller());
        let (stamp, millis) = (self.stamp(), self.clock % 1000);
        write!(
            self.text,
            "{stamp}.{millis:03} +00:00 [INF] {controller} of customer {user} loaded from the cache in {} ms \
             {{\"TraceId\":\"{trace}\",\"SourceContext\":\"Contoso.Shop.Services.{controller}Service\"}}\r\n",
            self.random.below(30)
        )
    }

    fn w3c(&mut self) -> io::Result<()> {
        let (verb, controller, id) = (self.verb(), self.controller(), self.random.below(1_000_000));
        let status = self.random.pick(&STATUSES).unwrap_or(200);
        let (stamp, last, taken) = (self.stamp(), self.random.below(255), self.random.below(900));
        write!(
            self.text,
            "{stamp} 10.0.0.4 {verb} /api/{controller}/{id} - 443 - 203.0.113.{last} \
             Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64)+AppleWebKit/537.36 - {status} 0 0 {taken}\r\n"
        )
    }

    fn module(&mut self) -> io::Result<()> {
        let (stamp, millis, pid) = (self.stamp(), self.clock % 1000, 4000 + self.random.below(9000));
        write!(
            self.text,
            "[{}.{millis:03}Z, PID: {pid}] [aspnetcorev2_inprocess.dll] \
             ASPNET_CORE_GLOBAL_MODULE::OnGlobalConfigurationChange 'MACHINE/WEBROOT/APPHOST/Shop'\r\n",
            stamp.replace(' ', "T")
        )
    }

    fn exception(&mut self) -> io::Result<()> {
        let what = if self.dense {
            "System.IO.FileNotFoundException: Could not load file or assembly 'Contoso.Plugin'."
        } else {
            self.random.pick(&ORDINARY).unwrap_or_default()
        };
        self.failure(what)
    }

    fn anchored(&mut self) -> io::Result<()> {
        let at = usize::try_from(self.random.below(self.anchors.len() as u64)).unwrap_or(0);
        let anchor = self.anchors.get(at).cloned().unwrap_or_default();
        self.failure(&format!("Startup of '/LM/W3SVC/2/ROOT': {anchor} 'Contoso.Shop'."))
    }

    fn failure(&mut self, what: &str) -> io::Result<()> {
        let request = self.random.guid();
        write!(
            self.text,
            "fail: Microsoft.AspNetCore.Server.IIS.Core.IISHttpServer[2]\r\n      Connection ID \"{request}\", \
             Request ID \"{request}\": An unhandled exception was thrown by the application.\r\n      {what}\r\n"
        )?;
        for _ in 0..4 + self.random.below(12) {
            let frame = self.random.pick(&FRAMES).unwrap_or_default();
            write!(self.text, "         at {frame}\r\n")?;
        }
        Ok(())
    }
}

fn size(text: &str) -> Result<u64, Box<dyn Error>> {
    let (digits, unit) = match text.as_bytes().last() {
        Some(b'M') => (&text[..text.len() - 1], 1 << 20),
        Some(b'G') => (&text[..text.len() - 1], 1 << 30),
        _ => (text, 1),
    };
    Ok(digits.parse::<u64>()? * unit)
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(wanted), Some(anchors)) = (arguments.next(), arguments.next()) else {
        return Err("usage: generate_log SIZE ANCHORS [dense]".into());
    };
    let dense = arguments.next().as_deref() == Some("dense");
    let anchors = std::fs::read_to_string(anchors)?.lines().map(str::to_owned).collect();
    let wanted = size(&wanted)?;

    let mut generator = Generator { random: Random(2024), anchors, dense, clock: 0, text: Vec::new() };
    let mut out = io::stdout().lock();
    let mut written = 0;
    while written < wanted {
        generator.event()?;
        let enough = written + generator.text.len() as u64 >= wanted;
        if enough || generator.text.len() >= FLUSH_AT {
            out.write_all(&generator.text)?;
            written += generator.text.len() as u64;
            generator.text.clear();
        }
    }
    Ok(out.flush()?)
}
