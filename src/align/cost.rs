//! How unlikely it is that two stretches of text are each other's translation: hundredths of −ln of the probability, so that the
//! likeliest alignment is the one with the least sum, and whole numbers, so that it is the same on every machine.

/// The variance of a translation's length, for each code point of the original (Gale & Church 1993: 6.8).
const VARIANCE: f64 = 6.8;

/// Ways to take parts from both texts: how many from each, and what the way costs. The shares of 1-1 (0.89), 1-0 or 0-1 (0.0099),
/// 2-1 or 1-2 (0.089) and 2-2 (0.011) were counted by Gale & Church in reports that they had aligned by hand.
pub(super) const STEPS: [(usize, usize, u64); 6] = [
    (1, 1, 12),
    (1, 0, 462),
    (0, 1, 462),
    (2, 1, 242),
    (1, 2, 242),
    (2, 2, 451),
];

/// What it costs that texts of these lengths, in code points, translate each other: −100 ln of the probability that chance alone makes
/// lengths differ so much or more.
pub(super) fn difference(length: usize, other: usize) -> u64 {
    let (length, other) = (length as f64, other as f64);
    let mean = (length + other) / 2.0;
    if mean == 0.0 {
        return 0;
    }
    let deviations = (length - other).abs() / (VARIANCE * mean).sqrt();
    // The probability is 2 (1 − Φ(deviations)) = erfc(deviations / √2).
    (100.0 * minus_log_erfc(deviations / std::f64::consts::SQRT_2)).round() as u64
}

/// −ln erfc(x) for x ≥ 0, by the approximation 7.1.26 of Abramowitz & Stegun, "Handbook of Mathematical Functions" (1964). Its logarithm is
/// taken before it could vanish, so that ever greater differences keep on costing more.
fn minus_log_erfc(x: f64) -> f64 {
    const P: f64 = 0.327_591_1;
    const A: [f64; 5] = [
        0.254_829_592,
        -0.284_496_736,
        1.421_413_741,
        -1.453_152_027,
        1.061_405_429,
    ];
    let t = 1.0 / (1.0 + P * x);
    let polynomial = A.iter().rev().fold(0.0, |sum, a| (sum + a) * t);
    x * x - polynomial.ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of 2 (1 − Φ(z)) from printed tables of the normal distribution.
    #[test]
    fn probabilities_are_those_of_the_normal_distribution() {
        for (z, probability) in [
            (0.0, 1.0),
            (0.5, 0.617_08),
            (1.0, 0.317_31),
            (1.96, 0.05),
            (3.0, 0.002_7),
        ] {
            let cost = minus_log_erfc(z / std::f64::consts::SQRT_2);
            assert!((cost + f64::ln(probability)).abs() < 1e-3, "{z}: {cost}");
        }
    }

    #[test]
    fn steps_cost_what_their_shares_say() {
        let shares = [0.89, 0.0099, 0.0099, 0.089, 0.089, 0.011];
        for ((.., cost), share) in STEPS.iter().zip(shares) {
            assert_eq!(*cost, (-100.0 * f64::ln(share)).round() as u64);
        }
    }

    #[test]
    fn greater_differences_cost_more_without_end() {
        let costs: Vec<u64> = [100, 120, 150, 300, 3_000, 300_000, 30_000_000]
            .iter()
            .map(|other| difference(100, *other))
            .collect();
        assert_eq!(costs[0], 0);
        assert!(costs.is_sorted_by(|a, b| a < b), "{costs:?}");
        assert_eq!(difference(100, 150), difference(150, 100));
        assert_eq!(difference(0, 0), 0);
    }
}
