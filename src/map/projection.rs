//! Lays the globe flat.
//!
//! A plane has degrees as its unit: near the middle of a map, one of its units
//! is about as long as a degree of latitude. Nothing here calls a sine, whose
//! last digit differs between machines.

/// The least factor by which a region is narrowed, that of 78 degrees; nearer
/// to a pole its picture is stretched.
const NARROWEST: f64 = 0.2;

/// How places on the globe become places on a plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Projection {
    /// Degrees as they are, with those of longitude narrowed by a factor: for
    /// regions.
    Plain(f64),
    /// The Natural Earth projection by Tom Patterson, in the polynomials of
    /// Bojan Šavrič and others (2011): for half of the world and all of it.
    World,
}

impl Projection {
    /// The projection of a region around a latitude.
    pub(super) fn around(latitude: f64) -> Self {
        Self::Plain(cosine(latitude).max(NARROWEST))
    }

    /// Where a place is on the plane: to the right of the middle and above the
    /// equator. The longitude is counted from the middle.
    pub(super) fn place(self, (longitude, latitude): (f64, f64)) -> (f64, f64) {
        match self {
            Self::Plain(narrow) => (longitude * narrow, latitude),
            Self::World => {
                let radians = latitude.to_radians();
                let square = radians * radians;
                let fourth = square * square;
                let width = 0.8707 - 0.131_979 * square
                    + fourth
                        * (-0.013_791
                            + fourth * (0.003_971 * square - 0.001_529 * fourth));
                let height = 1.007_226
                    + square
                        * (0.015_085
                            + fourth
                                * (-0.044_475 + 0.028_874 * square - 0.005_916 * fourth));
                (longitude * width, latitude * height)
            }
        }
    }

    /// How far the plane reaches to the right of the middle.
    pub(super) fn reach(self) -> f64 {
        self.place((180.0, 0.0)).0
    }
}

/// The cosine of an angle of at most 90 degrees, by its series.
fn cosine(degrees: f64) -> f64 {
    let radians = degrees.to_radians();
    let square = radians * radians;
    let (mut term, mut sum) = (1.0, 1.0);
    for n in [1.0, 3.0, 5.0, 7.0, 9.0, 11.0, 13.0, 15.0] {
        term *= -square / (n * (n + 1.0));
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cosine_is_that_of_the_machine() {
        for degrees in -90..=90 {
            let degrees = f64::from(degrees);
            assert!((cosine(degrees) - degrees.to_radians().cos()).abs() < 1e-9);
        }
    }

    #[test]
    fn the_world_is_as_wide_and_high_as_published() {
        let (width, _) = Projection::World.place((180.0, 0.0));
        let (edge, height) = Projection::World.place((180.0, 90.0));
        assert!((width - 156.726).abs() < 1e-6, "{width}");
        // The pole is a line of 0.55 of the equator; the whole is 0.52 high.
        assert!((edge / width - 0.55).abs() < 0.01, "{edge}");
        assert!((height / width - 0.52).abs() < 0.01, "{height}");
    }
}
