//! The names of the parameters: a closed list, so that a rule cannot ask for one nobody keeps.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// The parameters there are.
    ParameterName, "Nome di un parametro di legge." {
        /// Hours of training for each person in a year.
        TrainingHours = "training_hours",
        /// Hours of training for each member of the local police in a year.
        LocalPoliceTrainingHours = "local_police_training_hours",
        /// The least the payments objective counts in the result pay of a head.
        PaymentsObjectiveWeight = "payments_objective_weight",
        /// The least the best rated get over the mean individual premium.
        BestRatedTopUp = "best_rated_top_up",
        /// The least share of the means for posts of high qualification that is paid by result.
        ResultPayShare = "result_pay_share",
        /// The years a plan looks at.
        PlanHorizon = "plan_horizon",
        /// The fewest comuni a comparison shows figures of.
        MinimumGroup = "minimum_group",
        /// By when the plan is adopted.
        PlanDeadline = "plan_deadline",
        /// How long after a moved deadline of the budget the plan is adopted.
        PlanDaysAfterMovedBudget = "plan_days_after_moved_budget",
        /// By when the report on the plan is adopted and validated.
        ReportDeadline = "report_deadline",
        /// By when the programming document is presented.
        ProgrammingDocumentDeadline = "programming_document_deadline",
        /// By when the note that updates it is presented.
        ProgrammingUpdateDeadline = "programming_update_deadline",
        /// By when the budget is approved.
        BudgetDeadline = "budget_deadline",
        /// How long after the budget the executive plan of management is approved.
        ManagementPlanDays = "management_plan_days",
        /// By when the balances are checked, the natural day to look at the plan too.
        BalancesDeadline = "balances_deadline",
        /// By when the accounts of the year are approved.
        AccountsDeadline = "accounts_deadline",
        /// By when the objectives of accessibility are published.
        AccessibilityObjectivesDeadline = "accessibility_objectives_deadline",
        /// By when the declaration of accessibility is reviewed.
        AccessibilityDeclarationDeadline = "accessibility_declaration_deadline",
        /// The days to pay a supplier.
        PaymentTerm = "payment_term",
        /// The most days that can be agreed to pay a supplier.
        LongestPaymentTerm = "longest_payment_term",
        /// The most yearly delay at which the payments objective is met.
        PaymentDelayTarget = "payment_delay_target",
        /// The mean time of payment of the recovery plan.
        RecoveryPaymentTime = "recovery_payment_time",
        /// The mean delay of payment of the recovery plan.
        RecoveryPaymentDelay = "recovery_payment_delay",
        /// The least share of invoices those means must cover.
        RecoveryCoverage = "recovery_coverage",
        /// How long after a quarter the indicator of timeliness is published.
        TimelinessPublicationDays = "timeliness_publication_days",
        /// By when the indicator of timeliness of the year is published.
        TimelinessYearlyDeadline = "timeliness_yearly_deadline",
        /// By when the commercial debt at the end of the year is communicated.
        DebtCommunicationDeadline = "debt_communication_deadline",
        /// The least reduction of the debt that avoids the guarantee fund.
        DebtReduction = "debt_reduction",
        /// The share of invoices under which the debt does not count.
        DebtExemption = "debt_exemption",
        /// What the guarantee fund sets aside by days of delay.
        GuaranteeFundBands = "guarantee_fund_bands",
        /// What the guarantee fund sets aside when the debt was not reduced.
        GuaranteeFundDebtShare = "guarantee_fund_debt_share",
        /// By when the guarantee fund is resolved.
        GuaranteeFundDeadline = "guarantee_fund_deadline",
        /// By when the yearly plan of cash flows is adopted.
        CashFlowPlanDeadline = "cash_flow_plan_deadline",
        /// The state of publication that is attested.
        AttestationDay = "attestation_day",
        /// By when the attestation is published.
        AttestationDeadline = "attestation_deadline",
        /// How long what is published stays so.
        PublicationYears = "publication_years",
        /// The days to answer a request of access.
        AccessTerm = "access_term",
        /// The days a request of access waits for whoever has reasons against it.
        AccessObjectionTerm = "access_objection_term",
        /// The days to answer a request to look again at a refusal.
        AccessReviewTerm = "access_review_term",
        /// How often the register of access is published.
        AccessRegisterMonths = "access_register_months",
        /// By when the report of whoever answers for preventing corruption is published.
        AnticorruptionReportDeadline = "anticorruption_report_deadline",
        /// The days of a procedure for which nothing else is said.
        ProcedureTerm = "procedure_term",
        /// The most days of a procedure a regulation can say.
        RegulatedProcedureTerm = "regulated_procedure_term",
        /// The most days of a procedure in exceptional matters.
        ExceptionalProcedureTerm = "exceptional_procedure_term",
        /// By when the procedures ended late are communicated.
        LateProceduresDeadline = "late_procedures_deadline",
        /// The employees up to which the plan is simplified.
        SimplifiedPlanEmployees = "simplified_plan_employees",
        /// The inhabitants under which the executive plan of management is a choice.
        ManagementPlanInhabitants = "management_plan_inhabitants",
        /// The inhabitants up to which the programming document is simplified.
        SimplifiedProgrammingInhabitants = "simplified_programming_inhabitants",
        /// The inhabitants up to which the programming document is minimal.
        MinimalProgrammingInhabitants = "minimal_programming_inhabitants",
        /// The inhabitants under which a member of the Giunta may be head of a structure.
        GoverningHeadInhabitants = "governing_head_inhabitants",
        /// The inhabitants over which there is strategic control.
        StrategicControlInhabitants = "strategic_control_inhabitants",
        /// The inhabitants over which there may be a general director.
        GeneralDirectorInhabitants = "general_director_inhabitants",
    }
}
