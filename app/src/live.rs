//! What pages read, write and follow: signals, memos, parts and handlers of every type over one copy of the machinery.
//!
//! leptos compiles its reactive graph and its renderer anew for each type of value and each closure. A page has some
//! hundred types and four hundred closures: those copies were most of the artefact, and a phone on a bad line had to
//! fetch them. Here the type of the value stays outside the graph, and the closure is boxed before it goes in. The
//! names and methods are those of leptos.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude as graph;
use leptos::prelude::{
    AnyView, IntoAny, Read as _, ReadUntracked as _, ReadValue as _, RenderHtml, Set as _, Track as _,
    Write as _,
};

type Held = Box<dyn Any + Send + Sync>;

/// Every handle is made with a `T` inside and is read as a `T`: its type parameter says so.
const HELD: &str = "a handle holds what it was made with";

fn seen<T: 'static>(held: &Held) -> &T {
    (**held).downcast_ref().expect(HELD)
}

macro_rules! handle {
    ($name:ident) => {
        impl<T> Clone for $name<T> {
            fn clone(&self) -> $name<T> {
                *self
            }
        }
        impl<T> Copy for $name<T> {}
    };
}

/// A value that is written and read.
pub struct RwSignal<T>(graph::RwSignal<Held>, PhantomData<fn() -> T>);
handle!(RwSignal);

impl<T: Send + Sync + 'static> RwSignal<T> {
    /// A signal that begins with this value.
    pub fn new(value: T) -> RwSignal<T> {
        RwSignal(graph::RwSignal::new(Box::new(value)), PhantomData)
    }

    /// Looks at the value; who looks is told when it changes.
    pub fn with<R>(self, of: impl FnOnce(&T) -> R) -> R {
        of(seen(&self.0.read()))
    }

    /// Looks at the value, without being told.
    pub fn with_untracked<R>(self, of: impl FnOnce(&T) -> R) -> R {
        of(seen(&self.0.read_untracked()))
    }

    /// Looks at the value, without being told and unless the page that made it is gone.
    pub fn try_with_untracked<R>(self, of: impl FnOnce(&T) -> R) -> Option<R> {
        self.0.try_read_untracked().map(|held| of(seen(&held)))
    }

    /// Writes.
    pub fn set(self, value: T) {
        self.0.set(Box::new(value));
    }

    /// Writes, unless the page that made the signal is gone.
    pub fn try_set(self, value: T) {
        self.0.try_set(Box::new(value));
    }

    /// Is told when the value changes, without looking.
    pub fn track(self) {
        self.0.track();
    }

    /// Changes the value where it is.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        change((**self.0.write()).downcast_mut().expect(HELD));
    }

    /// Changes the value without telling anybody.
    pub fn update_untracked<R>(self, change: impl FnOnce(&mut T) -> R) -> R {
        change((**self.0.write_untracked()).downcast_mut().expect(HELD))
    }

    /// Changes the value, unless the page that made it is gone.
    pub fn try_update(self, change: impl FnOnce(&mut T)) {
        if let Some(mut held) = self.0.try_write() {
            change((**held).downcast_mut().expect(HELD));
        }
    }
}

impl<T: Clone + Send + Sync + 'static> RwSignal<T> {
    /// The value; who asks is told when it changes.
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// The value, without being told.
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}

/// What a memo holds, and how two of it are compared.
struct Compared {
    held: Held,
    same: fn(&Held, &Held) -> bool,
}

impl PartialEq for Compared {
    fn eq(&self, other: &Compared) -> bool {
        (self.same)(&self.held, &other.held)
    }
}

/// A value made from others, anew when they change; who reads it is told only when it differs.
pub struct Memo<T>(graph::Memo<Compared>, PhantomData<fn() -> T>);
handle!(Memo);

type Make = Box<dyn Fn(Option<&Compared>) -> Compared + Send + Sync>;

impl<T: PartialEq + Send + Sync + 'static> Memo<T> {
    /// A value made by this, from what it was before.
    pub fn new(make: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Memo<T> {
        let make: Make = Box::new(move |old| Compared {
            held: Box::new(make(old.map(|old| seen(&old.held)))),
            same: |one, other| seen::<T>(one) == seen::<T>(other),
        });
        Memo(graph::Memo::new(make), PhantomData)
    }

    /// Is told when the value differs, without looking. It is read all the same: a memo that nobody read yet was not made
    /// yet, has no sources, and would never tell.
    pub fn track(self) {
        drop(self.0.read());
    }

    /// Looks at the value; who looks is told when it differs.
    pub fn with<R>(self, of: impl FnOnce(&T) -> R) -> R {
        of(seen(&self.0.read().held))
    }

    /// Looks at the value, without being told.
    pub fn with_untracked<R>(self, of: impl FnOnce(&T) -> R) -> R {
        of(seen(&self.0.read_untracked().held))
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> Memo<T> {
    /// The value; who asks is told when it differs.
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// The value, without being told.
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}

/// Something to read, whatever it comes from.
pub struct Signal<T>(graph::StoredValue<Held>, PhantomData<fn() -> T>);
handle!(Signal);

type Source<T> = Arc<dyn Fn() -> T + Send + Sync>;

impl<T: Send + Sync + 'static> Signal<T> {
    /// What this gives each time.
    pub fn derive(give: impl Fn() -> T + Send + Sync + 'static) -> Signal<T> {
        let source: Source<T> = Arc::new(give);
        Signal(graph::StoredValue::new(Box::new(source)), PhantomData)
    }

    /// The value; who asks is told when it changes.
    pub fn get(self) -> T {
        let source = Source::clone(seen::<Source<T>>(&self.0.read_value()));
        source()
    }

    /// The value, without being told.
    pub fn get_untracked(self) -> T {
        graph::untrack(|| self.get())
    }

    /// Looks at the value; who looks is told when it changes.
    pub fn with<R>(self, of: impl FnOnce(&T) -> R) -> R {
        of(&self.get())
    }
}

impl<T: Clone + Send + Sync + 'static> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Signal<T> {
        Signal::derive(move || signal.get())
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Signal<T> {
        Signal::derive(move || memo.get())
    }
}

impl From<&'static str> for Signal<String> {
    fn from(words: &'static str) -> Signal<String> {
        Signal::derive(move || words.to_owned())
    }
}

impl From<String> for Signal<String> {
    fn from(words: String) -> Signal<String> {
        Signal::derive(move || words.clone())
    }
}

impl From<bool> for Signal<bool> {
    fn from(flag: bool) -> Signal<bool> {
        Signal::derive(move || flag)
    }
}

/// A part of a page that is drawn again when what it read changes.
pub fn live<V: RenderHtml + Send + 'static>(draw: impl Fn() -> V + Send + 'static) -> AnyView {
    let draw: Box<dyn FnMut() -> AnyView + Send> = Box::new(move || draw().into_any());
    draw.into_any()
}

/// An attribute in words that follows what it reads.
pub fn worded<W: Into<String>>(say: impl Fn() -> W + Send + 'static) -> Box<dyn FnMut() -> String + Send> {
    Box::new(move || say().into())
}

/// An attribute or a class that is there or not, as what it reads says.
pub fn flag(holds: impl Fn() -> bool + Send + 'static) -> Box<dyn FnMut() -> bool + Send> {
    Box::new(holds)
}

/// What is done when something happens on the page.
pub fn act<E>(run: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(run)
}
