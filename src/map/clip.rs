//! Cuts rings and lines at straight edges.
//!
//! A ring is cut as Sutherland and Hodgman do it: what remains of it is one
//! ring, whose parts may hang together along the edge. That is why the edge
//! should lie where nobody sees it.

/// A point of a plane.
pub(super) type Point = (f64, f64);

/// An edge, of which one side is kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Side {
    /// What is right of here is kept.
    RightOf(f64),
    /// What is left of here is kept.
    LeftOf(f64),
    /// What has a greater second coordinate is kept.
    Above(f64),
    /// What has a smaller second coordinate is kept.
    Below(f64),
}

impl Side {
    /// How far inside a point is; negative outside.
    fn depth(self, (x, y): Point) -> f64 {
        match self {
            Self::RightOf(edge) => x - edge,
            Self::LeftOf(edge) => edge - x,
            Self::Above(edge) => y - edge,
            Self::Below(edge) => edge - y,
        }
    }

    /// Where the line between a point inside and one outside, in any order,
    /// meets the edge.
    fn crossing(self, a: Point, b: Point) -> Point {
        let (depth, other) = (self.depth(a), self.depth(b));
        let share = depth / (depth - other);
        let (x, y) = (a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share);
        match self {
            Self::RightOf(edge) | Self::LeftOf(edge) => (edge, y),
            Self::Above(edge) | Self::Below(edge) => (x, edge),
        }
    }
}

/// What of a ring is inside all sides.
pub(super) fn ring(mut ring: Vec<Point>, sides: &[Side]) -> Vec<Point> {
    for &side in sides {
        let Some(&last) = ring.last() else { break };
        if ring.iter().all(|&point| side.depth(point) >= 0.0) {
            continue;
        }
        let mut kept = Vec::with_capacity(ring.len());
        let mut before = last;
        for point in ring {
            let is_inside = side.depth(point) >= 0.0;
            if is_inside != (side.depth(before) >= 0.0) {
                kept.push(side.crossing(before, point));
            }
            if is_inside {
                kept.push(point);
            }
            before = point;
        }
        ring = kept;
    }
    ring
}

/// The pieces of a line that are inside all sides.
pub(super) fn line(line: Vec<Point>, sides: &[Side]) -> Vec<Vec<Point>> {
    let mut pieces = vec![line];
    for &side in sides {
        pieces = pieces.into_iter().flat_map(|piece| cut(piece, side)).collect();
    }
    pieces
}

/// The pieces of a line that are inside one side.
fn cut(line: Vec<Point>, side: Side) -> Vec<Vec<Point>> {
    if line.iter().all(|&point| side.depth(point) >= 0.0) {
        return vec![line];
    }
    let mut pieces = Vec::new();
    let mut piece = Vec::new();
    let mut before: Option<Point> = None;
    for point in line {
        let is_inside = side.depth(point) >= 0.0;
        if let Some(before) = before
            && is_inside != (side.depth(before) >= 0.0)
        {
            piece.push(side.crossing(before, point));
        }
        if is_inside {
            piece.push(point);
        } else if !piece.is_empty() {
            pieces.push(std::mem::take(&mut piece));
        }
        before = Some(point);
    }
    if !piece.is_empty() {
        pieces.push(piece);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sides of a square from 0 to 10.
    const SQUARE: [Side; 4] =
        [Side::RightOf(0.0), Side::LeftOf(10.0), Side::Above(0.0), Side::Below(10.0)];

    #[test]
    fn a_ring_around_everything_becomes_the_edge() {
        let around = vec![(-5.0, -5.0), (15.0, -5.0), (15.0, 15.0), (-5.0, 15.0)];
        let mut corners = ring(around, &SQUARE);
        corners.sort_by(|a, b| a.partial_cmp(b).unwrap());
        assert_eq!(corners, [(0.0, 0.0), (0.0, 10.0), (10.0, 0.0), (10.0, 10.0)]);
    }

    #[test]
    fn a_ring_outside_is_gone() {
        assert!(ring(vec![(11.0, 1.0), (12.0, 1.0), (12.0, 2.0)], &SQUARE).is_empty());
        assert!(ring(Vec::new(), &SQUARE).is_empty());
    }

    #[test]
    fn a_line_that_leaves_and_returns_is_two_pieces() {
        let pieces =
            line(vec![(5.0, 5.0), (15.0, 5.0), (15.0, 7.0), (5.0, 7.0)], &SQUARE);
        assert_eq!(
            pieces,
            [vec![(5.0, 5.0), (10.0, 5.0)], vec![(10.0, 7.0), (5.0, 7.0)]]
        );
    }

    #[test]
    fn a_line_across_is_cut_at_both_ends() {
        let pieces = line(vec![(-10.0, 5.0), (20.0, 5.0)], &SQUARE);
        assert_eq!(pieces, [vec![(0.0, 5.0), (10.0, 5.0)]]);
    }
}
