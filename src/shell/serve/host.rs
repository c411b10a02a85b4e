//! Whom a request is meant for. A name that leads here only because somebody's name server says so (DNS rebinding) would
//! let a page from elsewhere read the site as its own.

use std::net::{Ipv4Addr, Ipv6Addr};

/// Whether the value of a `Host` header (RFC 9110, section 7.2) names this machine: `localhost` or a loopback address, with
/// or without a port.
pub(super) fn is_local(host: &str) -> bool {
    if let Some(rest) = host.strip_prefix('[') {
        let Some((address, port)) = rest.split_once(']') else {
            return false;
        };
        let port = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
        return port && address.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback());
    }
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    let local =
        name.eq_ignore_ascii_case("localhost") || name.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback());
    local && is_port(port)
}

fn is_port(port: &str) -> bool {
    port.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_this_machine_are_local() {
        for host in [
            "localhost",
            "LocalHost:4321",
            "localhost:",
            "127.0.0.1",
            "127.0.0.1:80",
            "127.12.0.9:4321",
            "[::1]",
            "[::1]:4321",
            "[0:0:0:0:0:0:0:1]:1",
        ] {
            assert!(is_local(host), "{host}");
        }
    }

    #[test]
    fn all_others_are_not() {
        for host in [
            "",
            ":4321",
            "example.org",
            "example.org:4321",
            "localhost.example.org",
            "evil-localhost",
            "127.0.0.1.example.org",
            "127.0.0.1@example.org",
            "127.1",
            "0.0.0.0",
            "192.168.0.1",
            "2130706433",
            "[::]",
            "[::1].example.org",
            "[::1",
            "[::ffff:8.8.8.8]",
            "::1",
            "localhost:80:80",
            "localhost:x",
            "localhost/",
            " localhost",
        ] {
            assert!(!is_local(host), "{host}");
        }
    }
}
