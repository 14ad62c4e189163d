using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Domain.Tests.Access;

public sealed class SignInTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 10, 0);

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(119, 0, true)]
    [InlineData(120, 0, false)]
    [InlineData(719, 718, true)]
    [InlineData(720, 719, false)]
    [InlineData(-600, 0, true)]
    public void A_session_ends_after_two_idle_or_twelve_whole_hours(int minutes, int seenAfterMinutes, bool lives) =>
        new Session(Now, Now + Duration.FromMinutes(seenAfterMinutes), null).LivesAt(Now + Duration.FromMinutes(minutes)).ShouldBe(lives);

    [Fact]
    public void An_ended_session_never_lives_again() => new Session(Now, Now, Now).LivesAt(Now - Duration.FromDays(1)).ShouldBeFalse();

    [Fact]
    public void A_request_is_written_down_once_a_minute()
    {
        var session = new Session(Now, Now, null);
        session.IsDueAt(Now + Duration.FromSeconds(59)).ShouldBeFalse();
        session.IsDueAt(Now + Duration.FromSeconds(60)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(4, 0)]
    [InlineData(5, 30)]
    [InlineData(6, 60)]
    [InlineData(8, 240)]
    [InlineData(9, 480)]
    [InlineData(10, 900)]
    [InlineData(1000, 900)]
    public void Five_failures_are_free_then_the_wait_doubles_up_to_a_quarter_of_an_hour(int failures, int seconds) =>
        new SignInAttempts(failures, Now).WaitAt(Now, SignInTolerance.Pair).ShouldBe(Duration.FromSeconds(seconds));

    [Fact]
    public void A_wait_passes_with_time_and_failures_are_forgotten()
    {
        var attempts = new SignInAttempts(5, Now);
        attempts.WaitAt(Now + Duration.FromSeconds(10), SignInTolerance.Pair).ShouldBe(Duration.FromSeconds(20));
        attempts.WaitAt(Now + Duration.FromSeconds(30), SignInTolerance.Pair).ShouldBe(Duration.Zero);
        attempts.FailedAt(Now + Duration.FromSeconds(30)).Failures.ShouldBe(6);
        attempts.FailedAt(Now + SignInAttempts.LongestWait).Failures.ShouldBe(1);
    }

    [Fact]
    public void A_person_is_recorded_under_a_lower_case_address()
    {
        var person = Create(new PersonDraft("Ada", " Ada@Example.COM ", "a long enough one")).Value;
        person.Email.ShouldBe("ada@example.com");
        person.Role.ShouldBe(StaffRole.Admin);
    }

    [Theory]
    [InlineData(null, "ada@example.com", "a long enough one", "/name", "member-missing")]
    [InlineData("Ada", null, "a long enough one", "/email", "member-missing")]
    [InlineData("Ada", "ada", "a long enough one", "/email", "email-unusable")]
    [InlineData("Ada", "ada@", "a long enough one", "/email", "email-unusable")]
    [InlineData("Ada", "a da@example.com", "a long enough one", "/email", "email-unusable")]
    [InlineData("Ada", "ada@example.com", null, "/password", "member-missing")]
    [InlineData("Ada", "ada@example.com", "elevenchars", "/password", "password-length")]
    public void A_person_needs_a_name_an_address_and_a_password_of_twelve(string? name, string? email, string? password, string pointer, string code)
    {
        var fault = Create(new PersonDraft(name, email, password)).Problem.ShouldNotBeNull().Faults.ShouldHaveSingleItem();
        (fault.Pointer, fault.Code).ShouldBe((pointer, code));
    }

    [Fact]
    public void No_fault_quotes_the_password()
    {
        var problem = Create(new PersonDraft("", "no address", "short-one")).Problem.ShouldNotBeNull();
        problem.Faults.Count.ShouldBe(3);
        problem.Faults.ShouldAllBe(fault => !fault.Detail.Contains("short-one"));
    }

    private static Outcome<Person> Create(PersonDraft draft) => Person.Create(draft, new PersonId(Guid.CreateVersion7()), StaffRole.Admin, _ => false, new InputFaults());
}
