//! Relabelings: all of them, or random ones.

use super::super::random::Random;

/// Calls `look` with every different assignment of the labels to the units of their strata.
pub(super) fn each_relabeling(strata: &[Vec<u32>], scores: &[f32], look: &mut impl FnMut(&[f32])) {
    let mut labels = scores.to_vec();
    let mut dealt: Vec<Vec<f32>> = strata.iter().map(|u| u.iter().map(|&u| scores[u as usize]).collect()).collect();
    for (units, dealt) in strata.iter().zip(&mut dealt) {
        dealt.sort_by(f32::total_cmp);
        units.iter().zip(dealt.iter()).for_each(|(&unit, &label)| labels[unit as usize] = label);
    }
    loop {
        look(&labels);
        // As an odometer turns: a stratum that is through begins again, and the next one moves.
        let mut turned = false;
        for (units, dealt) in strata.iter().zip(&mut dealt) {
            turned = next_order(dealt);
            units.iter().zip(dealt.iter()).for_each(|(&unit, &label)| labels[unit as usize] = label);
            if turned {
                break;
            }
        }
        if !turned {
            return;
        }
    }
}

/// The next order of the items in the order of a dictionary; after the last one, the first and `false`.
pub(super) fn next_order(items: &mut [f32]) -> bool {
    let Some(at) = (1..items.len()).rev().find(|&i| items[i - 1] < items[i]) else {
        items.reverse();
        return false;
    };
    let larger = (at..items.len()).rev().find(|&i| items[i] > items[at - 1]).unwrap_or(at);
    items.swap(at - 1, larger);
    items[at..].reverse();
    true
}

/// `n` random relabelings within strata.
pub(super) fn shuffled(strata: &[Vec<u32>], scores: &[f32], random: &mut Random, n: usize) -> Vec<Vec<f32>> {
    let mut order: Vec<f32> = Vec::new();
    (0..n)
        .map(|_| {
            let mut labels = scores.to_vec();
            for units in strata {
                order.clear();
                order.extend(units.iter().map(|&u| scores[u as usize]));
                let k = order.len().saturating_sub(1);
                random.choose(&mut order, k);
                for (&unit, &label) in units.iter().zip(&order) {
                    labels[unit as usize] = label;
                }
            }
            labels
        })
        .collect()
}
