//! The browser's own push service, asked for this phone.

use app::browser::Pushing;
use dossier::manage::Subscription;
use js_sys::Reflect;
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Notification, NotificationPermission, PushManager, PushSubscription, PushSubscriptionOptionsInit,
    ServiceWorkerRegistration,
};

use crate::abilities::service_workers;

/// What stands between this phone and being told.
pub async fn state() -> Pushing {
    let Some(manager) = manager().await else { return Pushing::Missing };
    if Notification::permission() == NotificationPermission::Denied {
        return Pushing::Barred;
    }
    match subscribed(&manager).await {
        Some(_) => Pushing::On,
        None => Pushing::Off,
    }
}

/// Asks the person, if the browser has not yet, and subscribes for this key.
pub async fn begin(key: &str) -> Option<Subscription> {
    // Before anything else is waited for: browsers ask a person only right after a tap.
    let asked =
        Reflect::has(&window(), &"Notification".into()).ok()?.then(Notification::request_permission)?;
    JsFuture::from(asked.ok()?).await.ok()?;
    let manager = manager().await?;
    // One for another key must go first.
    if let Some(before) = subscribed(&manager).await {
        JsFuture::from(before.unsubscribe().ok()?).await.ok()?;
    }
    let wish = PushSubscriptionOptionsInit::new();
    wish.set_user_visible_only(true);
    wish.set_application_server_key_opt_str(Some(key));
    let made = JsFuture::from(manager.subscribe_with_options(&wish).ok()?).await.ok()?;
    let made: PushSubscription = made.unchecked_into();
    let keys = Reflect::get(made.to_json().ok()?.as_ref(), &"keys".into()).ok()?;
    let text = |name: &str| Reflect::get(&keys, &name.into()).ok()?.as_string();
    Some(Subscription { endpoint: made.endpoint(), p256dh: text("p256dh")?, auth: text("auth")? })
}

/// Lets go of the subscription.
pub async fn end() {
    let Some(manager) = manager().await else { return };
    if let Some(before) = subscribed(&manager).await
        && let Ok(ending) = before.unsubscribe()
    {
        // The office posts nothing to it any more, whatever the browser says.
        let _ = JsFuture::from(ending).await;
    }
}

async fn manager() -> Option<PushManager> {
    let has = |name: &str| Reflect::has(&window(), &JsValue::from_str(name)).unwrap_or(false);
    if !has("PushManager") || !has("Notification") {
        return None;
    }
    let registration = JsFuture::from(service_workers()?.get_registration()).await.ok()?;
    registration.dyn_into::<ServiceWorkerRegistration>().ok()?.push_manager().ok()
}

async fn subscribed(manager: &PushManager) -> Option<PushSubscription> {
    let found = JsFuture::from(manager.get_subscription().ok()?).await.ok()?;
    found.is_object().then(|| found.unchecked_into())
}
