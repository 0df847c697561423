// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/user_settings.h"

#include <QSettings>

#include <array>
#include <utility>

namespace nunatak::ui::session {

namespace {

const QString themeKey = QStringLiteral("theme");
const QString modelKey = QStringLiteral("model");
const QString geometryKey = QStringLiteral("geometry");
const QString docksKey = QStringLiteral("docks");
const QString overviewKey = QStringLiteral("overview");

const std::array<std::pair<ThemeChoice, QString>, 3> themeNames{
    {{ThemeChoice::Desktop, QStringLiteral("desktop")},
     {ThemeChoice::Light, QStringLiteral("light")},
     {ThemeChoice::Dark, QStringLiteral("dark")}}};

} // namespace

ThemeChoice UserSettings::theme() const {
    const auto stored = m_store.value(themeKey).toString();
    for (const auto& [choice, name] : themeNames) {
        if (name == stored) {
            return choice;
        }
    }
    return ThemeChoice::Desktop;
}

void UserSettings::setTheme(ThemeChoice choice) {
    for (const auto& [known, name] : themeNames) {
        if (known == choice) {
            m_store.setValue(themeKey, name);
        }
    }
}

QString UserSettings::model() const {
    return m_store.value(modelKey).toString();
}

void UserSettings::setModel(const QString& name) {
    m_store.setValue(modelKey, name);
}

QByteArray UserSettings::geometry() const {
    return m_store.value(geometryKey).toByteArray();
}

QByteArray UserSettings::docks() const {
    return m_store.value(docksKey).toByteArray();
}

void UserSettings::setLayout(const QByteArray& geometry, const QByteArray& docks) {
    m_store.setValue(geometryKey, geometry);
    m_store.setValue(docksKey, docks);
}

bool UserSettings::overviewShown() const {
    return m_store.value(overviewKey, true).toBool();
}

void UserSettings::setOverviewShown(bool shown) {
    m_store.setValue(overviewKey, shown);
}

} // namespace nunatak::ui::session
