// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/desktop_colors.h"

#include "ui/base/owned.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace nunatak::ui::window {

namespace {

const QString portalService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString portalPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString portalInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString appearanceSpace = QStringLiteral("org.freedesktop.appearance");
const QString colorSchemeKey = QStringLiteral("color-scheme");
constexpr uint prefersDark = 1;

} // namespace

DesktopColors::DesktopColors(const QDBusConnection& bus, QObject* parent) : QObject(parent), m_bus(bus) {
    if (!m_bus.isConnected()) {
        return;
    }
    // Qt looks the slot's types up by name and refuses, without a word, those it has not met yet.
    qRegisterMetaType<QDBusVariant>("QDBusVariant");
    m_bus.connect(portalService, portalPath, portalInterface, QStringLiteral("SettingChanged"), this,
                  SLOT(onSettingChanged(QString, QString, QDBusVariant)));
    ask();
}

void DesktopColors::ask() {
    // `Read`, not the newer `ReadOne`: every portal has it. Its answer is a variant in a variant.
    auto call =
        QDBusMessage::createMethodCall(portalService, portalPath, portalInterface, QStringLiteral("Read"));
    call << appearanceSpace << colorSchemeKey;
    auto* watcher = owned<QDBusPendingCallWatcher>(m_bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (!reply.isError()) {
            adopt(reply.value().variant());
        }
        watcher->deleteLater();
    });
}

void DesktopColors::onSettingChanged(const QString& space, const QString& key, const QDBusVariant& value) {
    if (space == appearanceSpace && key == colorSchemeKey) {
        adopt(value.variant());
    }
}

void DesktopColors::adopt(const QVariant& value) {
    const auto inner = value.metaType() == QMetaType::fromType<QDBusVariant>()
                           ? value.value<QDBusVariant>().variant()
                           : value;
    const bool dark = inner.toUInt() == prefersDark;
    if (dark != m_dark) {
        m_dark = dark;
        Q_EMIT changed();
    }
}

} // namespace nunatak::ui::window
