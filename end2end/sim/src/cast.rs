//! Who lives in a schedule, and what they are busy with.

use sync::device::Input;

use crate::prng::Prng;
use crate::registry::Person;
use crate::world::World;
use crate::{filing, following};

/// What the people of a schedule are busy with. What one decides while the other writes, asks or photographs needs
/// several steps in their order: rare where everybody does everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// Stay notices, and everything else now and then.
    Stays,
    /// Residence dossiers: a house and an officer, who asks for more, lets the clock stand still, decides.
    Filings,
    /// Residence dossiers of which the desk of one commune asks another.
    Slips,
    /// Residence dossiers with photographed papers.
    Papers,
    /// Residence dossiers a helper files and a colleague goes on with.
    Followed,
    /// Residence dossiers for which something is to be paid.
    Fees,
    /// Residence dossiers taken in at the desk of another commune.
    Elsewhere,
}

impl Matter {
    /// All of them, with the names of the command line.
    pub const ALL: [(Matter, &'static str); 7] = [
        (Matter::Stays, "stays"),
        (Matter::Filings, "filings"),
        (Matter::Slips, "slips"),
        (Matter::Papers, "papers"),
        (Matter::Followed, "followed"),
        (Matter::Fees, "fees"),
        (Matter::Elsewhere, "elsewhere"),
    ];

    /// The matter of a name.
    pub fn named(name: &str) -> Option<Matter> {
        Matter::ALL.iter().find(|(_, known)| *known == name).map(|(matter, _)| *matter)
    }

    /// Whether residence dossiers are what most of it is about.
    pub fn is_filing(self) -> bool {
        self != Matter::Stays
    }

    /// Whose phones there are, in the order they join, and whether the two communes are one from the first day.
    pub fn people(self, prng: &mut Prng) -> ([Person; 5], bool) {
        use Person::{Clerk, Colleague, Helper, Mother, Neighbour, Officer, OfficerThere, Son};
        let kind = if self.is_filing() { 4 } else { prng.below(10) };
        match (self, kind) {
            (Matter::Slips, _) => ([Mother, Officer, OfficerThere, Son, Neighbour], false),
            (Matter::Elsewhere, _) => ([Clerk, Officer, OfficerThere, Mother, Neighbour], false),
            (Matter::Followed, _) => ([Helper, Colleague, Officer, Mother, Neighbour], true),
            (_, 0) => {
                let mut people = [Officer, Neighbour, Mother, OfficerThere, Son];
                let first = prng.below(4);
                people.swap(0, first);
                (people, false)
            }
            (_, 1..4) => ([Mother, Son, Officer, Neighbour, Mother], true),
            (_, 4..8) => ([Mother, Officer, Son, Mother, Neighbour], true),
            _ => ([Helper, Mother, Officer, Neighbour, Son], true),
        }
    }

    /// How many phones it needs at least.
    pub fn least_phones(self, people: &[Person; 5], merged: bool) -> usize {
        match self {
            Matter::Slips | Matter::Followed | Matter::Elsewhere => 3,
            _ if !merged || people[0] == Person::Helper => 2,
            _ => 1,
        }
    }
}

/// What has happened before the first step, on good days: a dossier is filed, and where it is about slips another commune is
/// asked about it, or a fee is asked for.
pub fn prelude(world: &mut World) {
    match world.matter {
        Matter::Stays | Matter::Filings => return,
        Matter::Followed | Matter::Elsewhere => following::begins(world, 0),
        Matter::Slips | Matter::Papers | Matter::Fees => filing::files(world, 0),
    }
    world.settle_all();
    if matches!(world.matter, Matter::Slips | Matter::Fees) {
        world.tell(world.desk(), Input::Nudge);
        world.settle_all();
        for _ in 0..2 {
            filing::steps(world, world.desk());
            world.settle_all();
        }
    }
}

impl World {
    /// The phone of the officer of the first commune.
    fn desk(&self) -> usize {
        self.phones.iter().position(|phone| phone.person() == Person::Officer).unwrap_or(1)
    }
}
