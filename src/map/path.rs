//! Writes the `d` of a path as shortly as it can be written.
//!
//! Points are rounded to tenths of a unit or more, and each is written as what it is
//! away from the one before. Zeros and spaces that mean nothing are left out:
//! `m12 3.5.5-1` goes to 12 and 3.5, and from there half a unit to the right
//! and one up.

use super::clip::Point;

/// A path that is being written.
pub(super) struct Path {
    /// How many tenths of a unit the least step of the pen has.
    step: i32,
    /// What was written.
    text: String,
    /// Where the pen is.
    pen: (i32, i32),
}

impl Path {
    /// A path without points, whose coordinates are rounded to so many tenths
    /// of a unit.
    pub(super) fn new(step: i32) -> Self {
        Self { step, text: String::new(), pen: (0, 0) }
    }

    /// Draws a ring, unless its area is less than this.
    pub(super) fn ring(&mut self, points: &[Point], least_area: f64) {
        let mut points = rounded_points(points, self.step);
        if points.first() == points.last() {
            points.pop();
        }
        if points.len() >= 3 && area(&points) >= least_area * 100.0 {
            self.draw(&points);
            self.text.push('z');
            // A ring ends where it began.
            self.pen = points.first().copied().unwrap_or_default();
        }
    }

    /// Draws a line, unless it is a point.
    pub(super) fn line(&mut self, points: &[Point]) {
        let points = rounded_points(points, self.step);
        if points.len() >= 2 {
            self.draw(&points);
        }
    }

    /// What was drawn.
    pub(super) fn finish(self) -> String {
        self.text
    }

    /// Goes to the first point and draws to the others.
    fn draw(&mut self, points: &[(i32, i32)]) {
        self.text.push('m');
        for &(x, y) in points {
            self.number(x - self.pen.0);
            self.number(y - self.pen.1);
            self.pen = (x, y);
        }
    }

    /// Writes a number of tenths, as units.
    fn number(&mut self, tenths: i32) {
        let (whole, tenth) = (tenths.abs() / 10, tenths.abs() % 10);
        let starts_with_digit = tenths >= 0 && (whole > 0 || tenth == 0);
        // A second stop begins another number.
        let last = self.text.rsplit(|c: char| !c.is_ascii_digit() && c != '.').next();
        let goes_on = match last {
            None | Some("") => false,
            Some(last) => starts_with_digit || (tenths >= 0 && !last.contains('.')),
        };
        if goes_on {
            self.text.push(' ');
        }
        if tenths < 0 {
            self.text.push('-');
        }
        if whole > 0 || tenth == 0 {
            self.text.push_str(&whole.to_string());
        }
        if tenth > 0 {
            self.text.push('.');
            self.text.push_str(&tenth.to_string());
        }
    }
}

/// A coordinate as it is written.
pub(super) fn rounded(coordinate: f64) -> f64 {
    (coordinate * 10.0).round() / 10.0
}

/// Points in tenths of a unit, each a multiple of a step; none twice in a row,
/// and none in the middle of a line along an axis.
fn rounded_points(points: &[Point], step: i32) -> Vec<(i32, i32)> {
    let steps = 10.0 / f64::from(step);
    let mut rounded: Vec<(i32, i32)> = Vec::with_capacity(points.len());
    for &(x, y) in points {
        let point = (whole(x * steps) * step, whole(y * steps) * step);
        if rounded.last() == Some(&point) {
            continue;
        }
        if let [.., first, middle] = rounded[..]
            && is_between(first, middle, point)
        {
            rounded.pop();
        }
        rounded.push(point);
    }
    rounded
}

/// Whether the second of three points is on the way between the others, along
/// an axis.
fn is_between(a: (i32, i32), b: (i32, i32), c: (i32, i32)) -> bool {
    let is_level = a.1 == b.1 && b.1 == c.1 && (a.0 < b.0) == (b.0 < c.0);
    let is_upright = a.0 == b.0 && b.0 == c.0 && (a.1 < b.1) == (b.1 < c.1);
    is_level || is_upright
}

/// The area of a ring, in squares of a tenth of a unit.
fn area(ring: &[(i32, i32)]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    let twice: i64 = ring
        .iter()
        .zip(next)
        .map(|(a, b)| i64::from(a.0) * i64::from(b.1) - i64::from(b.0) * i64::from(a.1))
        .sum();
    // Coordinates of a picture are small: half of the sum is, too.
    f64::from(i32::try_from(twice.abs() / 2).unwrap_or(i32::MAX))
}

/// A number without what is behind the stop.
#[expect(clippy::cast_possible_truncation, reason = "pictures are small")]
pub(super) fn whole(number: f64) -> i32 {
    number.round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_as_close_as_they_can() {
        let mut path = Path::new(1);
        path.line(&[(12.0, 3.5), (12.5, 2.5), (12.7, 2.8), (10.0, 10.0), (10.0, 10.0)]);
        path.line(&[(0.0, 0.04), (0.34, 100.0)]);
        assert_eq!(path.finish(), "m12 3.5.5-1 .2.3-2.7 7.2m-10-10 .3 100");
    }

    #[test]
    fn the_pen_is_at_the_beginning_after_a_ring() {
        let mut path = Path::new(1);
        path.ring(&[(1.0, 1.0), (5.0, 1.0), (5.0, 5.0), (1.0, 1.0)], 1.0);
        path.ring(&[(1.0, 1.0), (2.0, 1.0), (2.0, 1.5)], 1.0);
        path.line(&[(2.0, 2.0), (3.0, 2.0), (4.0, 2.0)]);
        assert_eq!(path.finish(), "m1 1 4 0 0 4zm1 1 2 0");
    }
}
