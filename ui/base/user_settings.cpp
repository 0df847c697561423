// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/user_settings.h"

#include <QCryptographicHash>
#include <QDir>
#include <QSettings>

#include <array>
#include <utility>

namespace nunatak::ui {

namespace {

const QString themeKey = QStringLiteral("theme");
const QString modelKey = QStringLiteral("model");
const QString geometryKey = QStringLiteral("geometry");
const QString docksKey = QStringLiteral("docks");
const QString overviewKey = QStringLiteral("overview");

const QString analystKey = QStringLiteral("analyst");
const QString goesOnKey = QStringLiteral("review/goesOn");

const QString lastFolderKey = QStringLiteral("lastFolder"); // whatever for

const QString recentKey = QStringLiteral("recentProjects");

QString folderKey(const QString& purpose) {
    return QStringLiteral("folders/") + purpose;
}

QString notesKey(const QString& project) {
    return QStringLiteral("toldNotes/") +
           QString::fromLatin1(QCryptographicHash::hash(project.toUtf8(), QCryptographicHash::Sha1).toHex());
}

QString predictKey(const char* name) {
    return QStringLiteral("predict/") + QLatin1String(name);
}

QString handInKey(const char* name) {
    return QStringLiteral("handIn/") + QLatin1String(name);
}

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

QString UserSettings::folder(const QString& purpose) const {
    return m_store.value(folderKey(purpose), m_store.value(lastFolderKey, QDir::homePath())).toString();
}

void UserSettings::setFolder(const QString& purpose, const QString& folder) {
    m_store.setValue(folderKey(purpose), folder);
    m_store.setValue(lastFolderKey, folder);
}

QStringList UserSettings::recentProjects() const {
    return m_store.value(recentKey).toStringList();
}

void UserSettings::setRecentProjects(const QStringList& files) {
    m_store.setValue(recentKey, files);
}

QString UserSettings::analyst() const {
    return m_store.value(analystKey).toString();
}

void UserSettings::setAnalyst(const QString& name) {
    m_store.setValue(analystKey, name);
}

bool UserSettings::goesOnAfterVerdict() const {
    return m_store.value(goesOnKey, false).toBool();
}

void UserSettings::setGoesOnAfterVerdict(bool goesOn) {
    m_store.setValue(goesOnKey, goesOn);
}

QString UserSettings::toldNotes(const QString& project) const {
    return m_store.value(notesKey(project)).toString();
}

void UserSettings::setToldNotes(const QString& project, const QString& notes) {
    if (notes.isEmpty()) {
        m_store.remove(notesKey(project));
    } else {
        m_store.setValue(notesKey(project), notes);
    }
}

PredictChoices UserSettings::predictChoices(const PredictChoices& usual) const {
    const auto number = [this](const char* name, double otherwise) {
        return m_store.value(predictKey(name), otherwise).toDouble();
    };
    PredictChoices choices;
    choices.buffer = number("buffer", usual.buffer);
    choices.threshold = number("threshold", usual.threshold);
    choices.confidence = number("confidence", usual.confidence);
    choices.smoothing = number("smoothing", usual.smoothing);
    choices.minimumArea = number("minimumArea", usual.minimumArea);
    choices.rawOutlines = m_store.value(predictKey("rawOutlines"), usual.rawOutlines).toBool();
    choices.testTimeAugmentation = m_store.value(predictKey("tta"), usual.testTimeAugmentation).toBool();
    choices.dropoutPasses = m_store.value(predictKey("dropout"), usual.dropoutPasses).toInt();
    return choices;
}

void UserSettings::setPredictChoices(const PredictChoices& choices) {
    m_store.setValue(predictKey("buffer"), choices.buffer);
    m_store.setValue(predictKey("threshold"), choices.threshold);
    m_store.setValue(predictKey("confidence"), choices.confidence);
    m_store.setValue(predictKey("smoothing"), choices.smoothing);
    m_store.setValue(predictKey("minimumArea"), choices.minimumArea);
    m_store.setValue(predictKey("rawOutlines"), choices.rawOutlines);
    m_store.setValue(predictKey("tta"), choices.testTimeAugmentation);
    m_store.setValue(predictKey("dropout"), choices.dropoutPasses);
}

HandInChoices UserSettings::handInChoices() const {
    const auto said = [this](const char* name, const char* otherwise = "") {
        return m_store.value(handInKey(name), QLatin1String(otherwise)).toString();
    };
    return {said("authors"),     said("licence", "CC BY 4.0"), said("centre"),     said("area"),
            said("affiliation"), said("localError"),           said("globalError")};
}

void UserSettings::setHandInChoices(const HandInChoices& choices) {
    m_store.setValue(handInKey("authors"), choices.authors);
    m_store.setValue(handInKey("licence"), choices.licence);
    m_store.setValue(handInKey("centre"), choices.centre);
    m_store.setValue(handInKey("area"), choices.area);
    m_store.setValue(handInKey("affiliation"), choices.affiliation);
    m_store.setValue(handInKey("localError"), choices.localUncertainty);
    m_store.setValue(handInKey("globalError"), choices.globalUncertainty);
}

} // namespace nunatak::ui
