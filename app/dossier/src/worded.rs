//! Closed lists of words: how a procedure file and a form name one, and what a page shows. They
//! travel by their order: new ones come at the end.

/// An enum of words: each with a name for files and forms, and its Vietnamese words.
macro_rules! worded {
    ($(#[$note:meta])* $name:ident { $($(#[$each:meta])* $variant:ident = $slug:literal $words:literal,)* }) => {
        $(#[$note])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$each])* $variant,)*
        }

        impl $name {
            /// All of them, in the order offered.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// Its name in files and forms.
            pub const fn slug(self) -> &'static str {
                match self { $($name::$variant => $slug),* }
            }

            /// The Vietnamese words.
            pub const fn label(self) -> &'static str {
                match self { $($name::$variant => $words),* }
            }

            /// The one of a name.
            pub fn named(slug: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|one| one.slug() == slug)
            }
        }
    };
}

pub(crate) use worded;
