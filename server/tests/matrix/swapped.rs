//! Ids of other people's things, put wherever an id may stand: nothing comes back that lies outside.

use dossier::access::Role;
use sync::frame::Have;
use sync::frame::{Parcel, Scope};

use crate::hand::{count, verdict};
use crate::world::{Land, STATES};

/// Pairs of somebody and somebody else's dossier.
const PAIRS: usize = 1_000;

#[tokio::test]
async fn a_thousand_swapped_ids_leak_nothing_and_change_nothing() {
    let mut land = Land::settle().await;
    let mut theirs = Vec::new();
    for (place, state) in ["neighbour", "province"].into_iter().flat_map(|at| STATES.map(|state| (at, state)))
    {
        theirs.push((place, land.dossier(place, state).await));
    }
    let own = land.dossier("own", "submitted").await;
    let rows = count(&land.test, "log").await;
    let people = std::mem::take(&mut land.people);
    let sound: Vec<_> = Role::ALL
        .into_iter()
        .map(|role| &people[&(server::store::grant::role_text(role), "active", "ok")])
        .collect();
    for pair in 0..PAIRS {
        let hand = sound[pair % sound.len()];
        let (place, notice) = &theirs[(pair / sound.len() + pair * 7) % theirs.len()];
        let spot = &land.spots[place];
        let mut up = hand.hello();
        up.have = [
            Scope::Establishment(spot.house),
            Scope::Commune(spot.commune),
            Scope::Account(spot.owner.account),
        ]
        .map(|scope| (scope, Have::default()))
        .to_vec();
        // Their dossier under my house, and my dossier under theirs.
        let mine = land.spots["own"].house;
        let changes = notice.parcel.changes.clone();
        up.parcels.push(Parcel { dossier: notice.dossier, establishment: mine, changes: changes.clone() });
        let swapped =
            Parcel { dossier: own.dossier, establishment: spot.house, changes: own.parcel.changes.clone() };
        up.parcels.push(swapped);
        up.acts.push(notice.submit.clone());
        let down = hand.send(&land.test, &up).await;
        assert!(down.parcels.is_empty() && down.recorded.is_empty(), "{place}");
        assert!(down.receipts.is_empty() && down.numbered.is_empty() && down.issued.is_none(), "{place}");
        for dossier in [notice.dossier, own.dossier] {
            assert!(verdict(&down, dossier).is_some_and(|said| said != sync::frame::down::Verdict::Accepted));
        }
    }
    assert_eq!(count(&land.test, "log").await, rows, "nothing was written");
}
