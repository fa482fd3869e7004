/** What is open at first: a tab each, in the order in which a newcomer would run them. */
export const EXAMPLES = [
  {
    query: `# Ctrl + Enter runs what stands here.
#
# This opens your session: from now on this browser
# has its cookie, and all that follows is done for
# it. An app without cookies asks for the token too.
mutation OpenSession {
  openSession {
    ... on OpenedSession {
      session { id expiresAt latestExpiresAt }
    }
    ... on Problem { code detail }
  }
}
`,
  },
  {
    query: `# Accepts a message and starts the run that answers
# it. The run's id is what the next tab wants.
mutation SendMessage($input: SendMessageInput!) {
  sendMessage(input: $input) {
    ... on SentMessage {
      run { id status }
      attached
      session { id }
    }
    ... on RunInProgress {
      code detail
      goingOn: run { id }
    }
    ... on Problem { code detail retryAfter }
  }
}
`,
    variables: json({ input: { message: 'How do I connect my own agent?', onBusy: 'REJECT' } }),
  },
  {
    query: `# Every event of a run, from its beginning or from
# behind a cursor, to its end. Shown is the latest;
# the last has the whole answer.
#
# Put the run's id into the variables.
subscription FollowRun($runId: ID!, $after: String) {
  runEvents(runId: $runId, after: $after) {
    __typename
    cursor
    ... on TextDelta { text }
    ... on ToolStarted { name arguments }
    ... on ToolFinished { ok output }
    ... on CitationAdded {
      citation { index title quote }
    }
    ... on RunFinished {
      message { outcome text usage { outputTokens } }
    }
  }
}
`,
    variables: json({ runId: 'run_', after: null }),
  },
  {
    query: `# The conversation, oldest first, a page at a time:
# the next begins after the endCursor of this one.
query Conversation($first: Int, $after: String) {
  session {
    id
    activeRun { id }
    messages(first: $first, after: $after) {
      nodes {
        id role text at outcome
        citations { index title url }
        toolCalls { name ok }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}
`,
    variables: json({ first: 20, after: null }),
  },
  {
    query: `# The documents that you may see, newest first, and
# those on their way in. They are handed over by
# POST /documents/ingest, or on the chat page.
query Documents($first: Int, $after: String) {
  documents(first: $first, after: $after) {
    nodes {
      id name kind bytes scope pages passages
      ingestedAt
    }
    pageInfo { hasNextPage endCursor }
  }
  jobs {
    id name state stage progress
    error { code detail }
  }
}
`,
    variables: json({ first: 10, after: null }),
  },
  {
    query: `# How the gateway is, what the agent can use, and
# how you stand with the limits.
query Health {
  health {
    status
    components { name status time }
  }
  tools { name description }
  limits { policy unit quota remaining reset }
}
`,
  },
  {
    query: `# For administrators: put the admin key under
# Headers. It is forgotten with this tab.
query Administration {
  limitPolicies { name rule changed }
  webhooks {
    id url enabled eventTypes
    stats { delivered dead waiting latencyMillis { p95 } }
  }
  sessionCounts { live opened ended expired }
}
`,
    headers: json({ Authorization: 'Bearer the-admin-key' }),
  },
];

/** What a new tab begins with. */
export const BLANK = '# Ctrl + Space suggests what may stand here.\n';

function json(value) {
  return JSON.stringify(value, null, 2);
}
