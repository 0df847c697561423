// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/checks/checks_panel.h"

#include "editing/repair.h"
#include "editing/snap.h"
#include "ui/base/empty_hint.h"
#include "ui/base/owned.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QIcon>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>
#include <optional>

namespace nunatak::ui::checks {

using nunatak::editing::Fault;
using nunatak::editing::Finding;

namespace {

QDoubleSpinBox* numberField(const char* name, double value, double least, double most, int decimals,
                            const QString& unit, const QString& tip) {
    auto* field = owned<QDoubleSpinBox>();
    field->setObjectName(QLatin1String(name));
    field->setDecimals(decimals);
    field->setRange(least, most);
    field->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    field->setValue(value);
    field->setSuffix(unit);
    field->setToolTip(tip);
    return field;
}

} // namespace

ChecksPanel::ChecksPanel(QWidget* parent) : QWidget(parent) {
    m_smallest = numberField("checkSmallest", 0.01, 0, 100, 3, tr(" km²"),
                             tr("An outline of less ground is too small for a glacier"));
    m_tolerance = numberField("checkTolerance", 5, 0.01, nunatak::editing::mostTolerance, 2, tr(" m"),
                              tr("Lines of neighbours that are so near to one another are nearly one, and a "
                                 "gap lies between them"));
    m_counts = owned<QLabel>();
    m_counts->setObjectName(QStringLiteral("checkCounts"));
    m_counts->setWordWrap(true);
    QFont bold = m_counts->font();
    bold.setBold(true);
    m_counts->setFont(bold);
    m_detail = owned<QLabel>();
    m_detail->setObjectName(QStringLiteral("checkDetail"));
    m_detail->setWordWrap(true);
    m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_lock = owned<QLabel>();
    m_lock->setObjectName(QStringLiteral("checkLock"));
    m_lock->setWordWrap(true);
    m_start = owned<QPushButton>(QIcon::fromTheme(QStringLiteral("document-edit")), tr("Start inventory"));
    m_start->setObjectName(QStringLiteral("checkStartInventory"));
    m_start->setToolTip(tr("Make an inventory of the glaciers of this layer, which can be repaired"));
    buildTree();

    auto* rules = owned<QFormLayout>();
    rules->setContentsMargins(0, 0, 0, 0);
    rules->setVerticalSpacing(4);
    rules->addRow(tr("Too small below"), m_smallest);
    rules->addRow(tr("Nearly one within"), m_tolerance);
    auto* above = owned<QVBoxLayout>();
    above->setContentsMargins(6, 6, 6, 6);
    above->setSpacing(6);
    above->addLayout(buildHead());
    above->addLayout(rules);
    above->addWidget(m_counts);
    auto* below = owned<QVBoxLayout>();
    below->setContentsMargins(6, 6, 6, 6);
    below->setSpacing(6);
    below->addWidget(m_detail);
    below->addWidget(m_lock);
    below->addWidget(m_start, 0, Qt::AlignLeft);
    below->addLayout(buildButtons());
    auto* layout = owned<QVBoxLayout>(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(above);
    layout->addWidget(m_tree, 1);
    layout->addLayout(below);
    setMinimumWidth(250);
    connectParts();
    setLocked({}, false);
    clear();
}

QHBoxLayout* ChecksPanel::buildHead() {
    m_layer = owned<QComboBox>();
    m_layer->setObjectName(QStringLiteral("checkLayer"));
    m_layer->setToolTip(tr("The layer whose outlines are looked at"));
    m_layer->setMinimumContentsLength(8);
    m_layer->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_check = owned<QPushButton>();
    m_check->setObjectName(QStringLiteral("checkButton"));
    auto* head = owned<QHBoxLayout>();
    head->addWidget(m_layer, 1);
    head->addWidget(m_check);
    return head;
}

void ChecksPanel::buildTree() {
    m_findings = owned<FindingsModel>(this);
    m_tree = owned<QTreeView>();
    m_tree->setObjectName(QStringLiteral("findings"));
    m_tree->setModel(m_findings);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setIndentation(14);
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setExpandsOnDoubleClick(true);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(FindingsModel::What, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(FindingsModel::Size, QHeaderView::Fixed);
    m_tree->header()->resizeSection(FindingsModel::Size,
                                    m_tree->fontMetrics().horizontalAdvance(QStringLiteral("0000 km²")) + 20);
    m_tree->header()->setSectionsMovable(false);
    showWhileEmpty(m_tree, tr("What is wrong with outlines is listed here: crossings, overlaps, gaps along "
                              "divides."));
}

QHBoxLayout* ChecksPanel::buildButtons() {
    m_repair = owned<QPushButton>(tr("Repair"));
    m_repair->setObjectName(QStringLiteral("repairSelected"));
    m_repairAll = owned<QPushButton>(tr("Repair all"));
    m_repairAll->setObjectName(QStringLiteral("repairAll"));
    m_together = owned<QPushButton>(tr("Bring together…"));
    m_together->setObjectName(QStringLiteral("checkBringTogether"));
    m_together->setToolTip(tr("Make one line of lines of neighbours that are nearly one; says first what "
                              "would change (Shift+F9)"));
    auto* buttons = owned<QHBoxLayout>();
    buttons->setSpacing(4);
    for (auto* button : {m_repair, m_repairAll}) {
        button->setMinimumWidth(button->fontMetrics().horizontalAdvance(button->text()) + 18);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    m_together->setMinimumWidth(m_together->fontMetrics().horizontalAdvance(m_together->text()) + 18);
    buttons->addWidget(m_together);
    return buttons;
}

void ChecksPanel::connectParts() {
    connect(m_check, &QPushButton::clicked, this, [this] {
        if (m_isBusy) {
            Q_EMIT stopRequested();
        } else {
            Q_EMIT checkRequested();
        }
    });
    connect(m_layer, &QComboBox::textActivated, this, [this] { Q_EMIT layerChosen(layer()); });
    connect(m_tree, &QTreeView::clicked, this, &ChecksPanel::activate);
    connect(m_tree, &QTreeView::activated, this, &ChecksPanel::activate); // by Enter
    connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        updateDetail();
        updateButtons();
    });
    connect(m_tree, &QTreeView::collapsed, this,
            [this](const QModelIndex& kind) { m_closed.insert(m_findings->kindOf(kind)); });
    connect(m_tree, &QTreeView::expanded, this,
            [this](const QModelIndex& kind) { m_closed.erase(m_findings->kindOf(kind)); });
    connect(m_repair, &QPushButton::clicked, this,
            [this] { Q_EMIT repairRequested(repairable(selected())); });
    connect(m_repairAll, &QPushButton::clicked, this,
            [this] { Q_EMIT repairRequested(repairable(m_findings->all())); });
    connect(m_together, &QPushButton::clicked, this, &ChecksPanel::bringTogetherRequested);
    connect(m_start, &QPushButton::clicked, this, &ChecksPanel::startInventoryRequested);
}

void ChecksPanel::setLayers(const QStringList& layers, const LayerTitle& title, const QString& wanted) {
    fillLayers(*m_layer, layers, title, wanted);
    updateButtons();
}

void ChecksPanel::setLayer(const QString& layer) {
    m_layer->setCurrentIndex(m_layer->findData(layer));
}

QString ChecksPanel::layer() const {
    return chosenLayer(*m_layer);
}

double ChecksPanel::smallest() const {
    return m_smallest->value() * 1e6;
}

double ChecksPanel::tolerance() const {
    return m_tolerance->value();
}

void ChecksPanel::setBusy(bool busy, const QString& sentence) {
    m_isBusy = busy;
    if (busy) {
        m_counts->setText(sentence);
    } else {
        updateCounts();
    }
    updateButtons();
}

void ChecksPanel::setLocked(const QString& why, bool offersInventory) {
    m_isLocked = !why.isEmpty();
    m_lock->setText(why);
    m_lock->setVisible(m_isLocked);
    m_start->setVisible(offersInventory);
    updateButtons();
}

void ChecksPanel::clear() {
    m_looked.reset();
    m_findings->setFindings({}, {});
    updateCounts();
    updateDetail();
    updateButtons();
    Q_EMIT findingsChanged({});
}

template <typename Change> void ChecksPanel::keepingPlace(Change&& change) {
    const QModelIndex current = m_tree->currentIndex();
    const Finding* known = m_findings->finding(current);
    const auto at = known != nullptr ? std::optional(*known) : std::nullopt;
    const bool wasSelected = m_tree->selectionModel()->isSelected(current);
    const int row = current.row();
    change();
    for (int i = 0; i < m_findings->rowCount(); ++i) {
        const QModelIndex kind = m_findings->index(i, 0);
        if (!m_closed.contains(m_findings->kindOf(kind))) {
            m_tree->expand(kind);
        }
    }
    if (at) {
        const QModelIndex same = m_findings->indexOf(*at);
        const QModelIndex kind = m_findings->indexOf(at->kind);
        // Whoever goes from one to the next goes on where it was; what nobody chose is not selected.
        const QModelIndex there =
            same.isValid() ? same : m_findings->index(std::min(row, m_findings->rowCount(kind) - 1), 0, kind);
        if (there.isValid() && there.parent().isValid()) {
            m_tree->selectionModel()->setCurrentIndex(there, same.isValid() && wasSelected
                                                                 ? QItemSelectionModel::ClearAndSelect |
                                                                       QItemSelectionModel::Rows
                                                                 : QItemSelectionModel::NoUpdate);
        }
    }
    updateDetail();
    updateButtons();
    Q_EMIT findingsChanged(m_findings->all());
}

void ChecksPanel::setFindings(std::vector<Finding> findings, std::size_t outlines,
                              const FindingsModel::Name& name) {
    m_looked = outlines;
    keepingPlace([&] { m_findings->setFindings(std::move(findings), name); });
    updateCounts();
}

void ChecksPanel::replaceFindings(const std::set<std::string>& uuids, std::vector<Finding> found,
                                  std::size_t outlines, const FindingsModel::Name& name) {
    m_looked = outlines;
    keepingPlace([&] { m_findings->replace(uuids, std::move(found), name); });
    if (!m_isBusy) {
        updateCounts();
    }
}

void ChecksPanel::updateCounts() {
    if (!m_looked) {
        m_counts->setText(tr("Not checked yet"));
    } else if (!m_findings->isEmpty()) {
        m_counts->setText(m_findings->counts());
    } else {
        m_counts->setText(*m_looked == 1 ? tr("Nothing is wrong with the one outline.")
                                         : tr("Nothing is wrong with the %1 outlines.")
                                               .arg(QLocale().toString(static_cast<qulonglong>(*m_looked))));
    }
}

void ChecksPanel::setStale(const std::set<std::string>& uuids) {
    m_findings->setStale(uuids);
    updateDetail();
}

void ChecksPanel::setRefused(const std::vector<std::pair<Finding, std::string>>& refused) {
    m_findings->setRefused(refused);
    updateDetail();
}

void ChecksPanel::activate(const QModelIndex& index) {
    if (const Finding* finding = m_findings->finding(index); finding != nullptr) {
        Q_EMIT findingActivated(*finding);
    }
}

std::vector<Finding> ChecksPanel::selected() const {
    return m_findings->findings(m_tree->selectionModel()->selectedRows());
}

std::vector<Finding> ChecksPanel::repairable(std::vector<Finding> findings) const {
    std::erase_if(findings,
                  [](const Finding& finding) { return !nunatak::editing::canBeRepaired(finding.kind); });
    return findings;
}

void ChecksPanel::updateDetail() {
    const auto rows = m_tree->selectionModel()->selectedRows();
    m_detail->setText(rows.size() == 1 ? m_findings->sentences(rows.front()) : QString());
    m_detail->setVisible(!m_detail->text().isEmpty());
    const auto* finding = rows.size() == 1 ? m_findings->finding(rows.front()) : nullptr;
    Q_EMIT lookedAt(finding != nullptr ? std::optional(*finding) : std::nullopt);
}

void ChecksPanel::updateButtons() {
    const bool hasLayer = m_layer->count() > 0;
    m_check->setText(m_isBusy ? tr("Stop") : tr("Check"));
    m_check->setIcon(
        QIcon::fromTheme(m_isBusy ? QStringLiteral("process-stop") : QStringLiteral("document-edit-verify")));
    m_check->setEnabled(hasLayer);
    m_check->setToolTip(m_isBusy    ? tr("Stop what is under way; nothing is changed by that")
                        : !hasLayer ? tr("There are no outlines yet: predict them, or import some")
                                    : tr("Look at all outlines of this layer (F9)"));
    const auto chosen = selected();
    const auto ours = repairable(chosen);
    const bool can = !m_isBusy && !m_isLocked;
    m_repair->setEnabled(can && !ours.empty());
    m_repair->setToolTip(chosen.empty() ? tr("Choose what shall be repaired in the list")
                         : ours.empty()
                             ? tr("Somebody has to say which of two outlines of the same ground is right, "
                                  "and whether one that is too small is a glacier: select it and press X, "
                                  "Delete or A")
                             : tr("Repair what is chosen in the list, as one step that undo takes back"));
    m_repairAll->setEnabled(can && m_findings->hasRepairable());
    m_repairAll->setToolTip(
        tr("Repair all that has one answer, as one step that undo takes back: gaps are brought together, of "
           "two that overlap the smaller gives up what both have, crossings are resolved, holes outside go"));
    m_together->setEnabled(hasLayer);
}

} // namespace nunatak::ui::checks
